import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { OrganisationNote } from '../../core/sign-in/organisation-sign-in.ts';
import { COMMANDS } from '../../ipc/contract.ts';
import type { MenuItem } from '../../ipc/snapshot.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import type { Given } from '../../testing/given.ts';
import { entryOf, NORTHWIND, SIGNED_IN } from '../../testing/played-sign-in-desk.ts';
import { windowOf } from '../../testing/window-of.ts';
import { placeBook } from './place-book.ts';
import { providersView } from './providers-view.ts';
import { signInLines } from './sign-in-menu.ts';
import { menuActionOf } from './tray-menu.ts';

const calendar = { now: SOME_NOON, utcOffsetMinutes: 0 };
const words = (item: MenuItem): string => (item.kind === 'separator' ? '-' : item.label);

async function logIn(
  given: Given,
  notes: readonly (OrganisationNote | null)[],
): Promise<readonly MenuItem[]> {
  const entries = notes.map((note, at) =>
    entryOf({
      note,
      provider: { ...NORTHWIND, name: at === 0 ? 'northwind' : `organisation-${String(at)}` },
    }),
  );
  const signIn = { providers: { entries, faults: [], file: null } };
  const { menu } = (await windowOf(given, { signIn })).snapshot;
  for (const item of menu) {
    if (item.kind !== 'menu') continue;
    for (const inner of item.items) {
      v.parse(COMMANDS.menuAction, [inner.key]);
      if (inner.kind === 'action') expect(menuActionOf(menu, inner.key)).toBe(inner.action);
    }
  }
  const found = menu.find(({ key }) => key === 'log-in');
  return found?.kind === 'menu' ? found.items : [];
}

describe('The menu “Log in”', () => {
  test.each<[string, Given, readonly (OrganisationNote | null)[], readonly string[]]>([
    [
      'nobody is logged in',
      {},
      [],
      ['Claude subscription…', 'Claude Console…', 'SSO…', '-', 'Set up a token for scripts…'],
    ],
    [
      'there is a login',
      { login: true },
      [],
      [
        'Claude subscription…',
        'Claude Console…',
        'SSO…',
        '-',
        'Set up a token for scripts…',
        '-',
        'Log out…',
      ],
    ],
    [
      'there are organisations',
      {},
      [
        null,
        SIGNED_IN,
        { ...SIGNED_IN, state: 'needs-sign-in' },
        { ...SIGNED_IN, renews: false },
        { ...SIGNED_IN, state: 'entry-changed' },
      ],
      [
        'Claude subscription…',
        'Claude Console…',
        'SSO…',
        '-',
        'northwind…',
        'organisation-1 (signed in, renews itself)…',
        'organisation-2 (has to be signed in again)…',
        'organisation-3 (signed in, ends at 20:00)…',
        'organisation-4 (configured otherwise since the sign-in)…',
        '-',
        'Set up a token for scripts…',
        '-',
        'Sign out of organisation-1…',
        'Sign out of organisation-2…',
        'Sign out of organisation-3…',
        'Sign out of organisation-4…',
      ],
    ],
  ])('offers what there is when %s.', async (_, given, notes, expected) => {
    expect((await logIn(given, notes)).map(words)).toEqual(expected);
  });

  test('offers the way out alone of what is configured no more, and no way in beside the answer.', async () => {
    const entries = [
      entryOf({ provider: { ...NORTHWIND, name: 'southwind' } }),
      entryOf({ isFormer: true, note: SIGNED_IN }),
      entryOf({
        isFormer: true,
        provider: { ...NORTHWIND, name: 'contoso' },
        note: { ...SIGNED_IN, state: 'needs-sign-in' },
      }),
    ];
    const { snapshot } = await windowOf({}, { signIn: { providers: { entries, faults: [], file: null } } });
    const menu = snapshot.menu.find(({ key }) => key === 'log-in');
    expect(menu?.kind === 'menu' ? menu.items.map(words).slice(3) : []).toEqual([
      '-',
      'southwind…',
      '-',
      'Set up a token for scripts…',
      '-',
      'Sign out of northwind (not configured any more)…',
      'Sign out of contoso (not configured any more)…',
    ]);
    const doors = JSON.stringify(snapshot);
    expect(doors).toContain('Sign in to southwind…');
    expect(doors).not.toMatch(/Sign in to (northwind|contoso)/);
  });

  test('names the longest organisation by a key that the window may send.', async () => {
    const entries = [entryOf({ provider: { ...NORTHWIND, name: 'x'.repeat(40) }, note: SIGNED_IN })];
    const { menu } = (await windowOf({}, { signIn: { providers: { entries, faults: [], file: null } } }))
      .snapshot;
    const items = menu.flatMap((item) => (item.kind === 'menu' ? item.items : []));
    for (const { key } of items) v.parse(COMMANDS.menuAction, [key]);
    expect(items.some((item) => words(item).includes('x'.repeat(40)))).toBe(true);
  });
});

describe('The lines of a sign-in', () => {
  const menu = { organisations: [], isUnderWay: true, isClaude: true, isStopping: false };
  test.each([
    [menu, null, []],
    [menu, 'Waiting…', ['Waiting…', 'Show the login', 'Cancel login', '-']],
    [{ ...menu, isClaude: false }, 'Waiting…', ['Waiting…', 'Show the sign-in', 'Cancel sign-in', '-']],
    [{ ...menu, isStopping: true }, 'Ending the login…', ['Ending the login…', 'Show the login', '-']],
    [{ ...menu, isUnderWay: false }, 'The login is done', ['The login is done…', '-']],
  ])('say what is waited for, and offer the way out (%#).', (given, brief, expected) => {
    expect(signInLines(given, brief).map(words)).toEqual(expected);
  });
});

describe('The organisations in the settings', () => {
  const HOME = { home: '/home/p', platform: 'linux' } as const;
  test.each([
    [null, 'shadowed', 'Not signed in', 'Sign in…', null],
    [SIGNED_IN, 'wins', 'Signed in as petra@northwind.example, renews itself', null, 'Sign out…'],
    [
      { ...SIGNED_IN, account: null, renews: false, accessEndsAt: null },
      'wins',
      'Signed in, end not known',
      null,
      'Sign out…',
    ],
    [
      { ...SIGNED_IN, state: 'entry-changed' } as const,
      'broken',
      'Configured otherwise since the sign-in, which is not used',
      'Sign in again…',
      'Sign out…',
    ],
    [
      { ...SIGNED_IN, state: 'needs-sign-in' } as const,
      'broken',
      'Has to be signed in again',
      'Sign in again…',
      'Sign out…',
    ],
  ])('say how it stands (%#).', (note, mark, state, signIn, signOut) => {
    const providers = { entries: [entryOf({ note })], faults: [], file: null };
    const [row] = providersView({ task: null, providers, checks: {} }, HOME, placeBook(), calendar).rows;
    expect(row).toMatchObject({
      name: 'northwind',
      host: 'login.northwind.example',
      mark,
      state,
      signIn,
      signOut,
    });
    v.parse(COMMANDS.startSignIn, [row?.id]);
  });

  test.each([
    [SIGNED_IN, 'Not configured any more, signed in as petra@northwind.example'],
    [{ ...SIGNED_IN, account: null, state: 'needs-sign-in' } as const, 'Not configured any more'],
  ])('say of one that is configured no more what can be ended, and offer that alone (%#).', (note, state) => {
    const providers = { entries: [entryOf({ isFormer: true, note })], faults: [], file: null };
    const { rows } = providersView({ task: null, providers, checks: {} }, HOME, placeBook(), calendar);
    expect(rows).toMatchObject([
      { host: null, from: 'In no file', mark: 'broken', state, signIn: null, use: null, canCheck: false },
    ]);
    expect(rows[0]?.signOut).toBe('Sign out…');
    v.parse(COMMANDS.startSignOut, [rows[0]?.id]);
  });

  test.each([
    [
      { ok: true, host: 'a.example', revokes: true, offersDevice: false, at: SOME_NOON },
      'good',
      /^It answers \(asked at 12:00\)\. You sign in at a\.example\.$/,
    ],
    [
      { ok: true, host: 'a.example', revokes: false, offersDevice: true, at: SOME_NOON },
      'good',
      /You sign in at a\.example\. It takes a code that is typed on another machine\. It cannot be told of a sign-out\.$/,
    ],
    [
      { ok: false, why: 'not-trusted', at: SOME_NOON },
      'bad',
      /^The certificate of the provider of northwind is not trusted \(asked at 12:00\)\.$/,
    ],
    [{ ok: false, why: 'locked', at: SOME_NOON }, 'bad', /^The keychain is locked/],
    ['checking', 'checking', /^Asking the provider…$/],
  ] as const)('say what a check told (%#).', (check, state, text) => {
    const providers = { entries: [entryOf()], faults: [], file: null };
    const panel = providersView(
      { task: null, providers, checks: { northwind: check } },
      HOME,
      placeBook(),
      calendar,
    );
    expect(panel.rows[0]?.check?.state).toBe(state);
    expect(panel.rows[0]?.check?.text).toMatch(text);
  });

  test('name the file, which can be opened when it is there, and what of it is not used.', () => {
    const book = placeBook();
    const path = '/home/p/.config/credence/providers.json';
    const faults = [{ path, line: 14, says: 'The issuer is not an https address.' }];
    const panel = (isThere: boolean) =>
      providersView(
        { task: null, providers: { entries: [], faults, file: { path, isThere } }, checks: {} },
        HOME,
        book,
        calendar,
      );
    expect(panel(false).file).toEqual({ label: '~/.config/credence/providers.json', place: null });
    expect(book.find(panel(true).file?.place ?? '')).toEqual({ path, line: null });
    expect(panel(true).faults[0]?.text).toBe(
      '~/.config/credence/providers.json:14: The issuer is not an https address.',
    );
    expect(book.find(panel(true).faults[0]?.place ?? '')).toEqual({ path, line: 14 });
  });
});
