import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  LOGIN_FAILURES,
  LOGIN_WAYS,
  type ClaudeLoginState,
  type LoginStep,
} from '../../core/sign-in/claude-login.ts';
import type { OrganisationSignInState, SignInStep } from '../../core/sign-in/organisation-sign-in.ts';
import { COMMANDS } from '../../ipc/contract.ts';
import type { SignInTask as Shown, SignInUnderWay } from '../../ipc/sign-in-snapshot.ts';
import { OIDC_FAILURES } from '../../core/sign-in/oidc-failure.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { API_KEY, KEY, type Given } from '../../testing/given.ts';
import {
  entryOf,
  LOGIN_STARTS,
  LOGIN_WAITS,
  MARKED_LINK,
  SIGNED_IN,
  SIGN_IN_STARTS,
  SIGN_IN_WAITS,
} from '../../testing/played-sign-in-desk.ts';
import { deskStateOf, windowOf } from '../../testing/window-of.ts';
import {
  DELETED,
  LOG_OUT_FAILURES,
  LOGIN_OBSTACLES,
  SIGN_IN_OBSTACLES,
} from '../../usecases/desk/sign-in-functions.ts';
import {
  withLogin,
  withoutLogin,
  type SignInTask,
  type SignInTaskOf,
} from '../../usecases/desk/sign-in-task.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { placeBook } from './place-book.ts';
import { signInTaskView } from './sign-in-task-view.ts';

const calendar = { now: SOME_NOON + 5_000, utcOffsetMinutes: 0 };
const inspectionsOf = async (given: Given): Promise<readonly Inspection[]> =>
  (await deskStateOf({ mode: 'interactive', ...given })).look?.inspections ?? [];
const shown = (task: SignInTask, current: readonly Inspection[] = [], book = placeBook()): Shown =>
  signInTaskView(task, { current, book, calendar });

const PREVIEW = {
  ok: true,
  command: 'claude auth login --claudeai',
  program: '/opt/claude',
  forced: null,
} as const;
const login = (
  state: Partial<ClaudeLoginState> = {},
  more: Partial<SignInTaskOf<'login'>> = {},
): SignInTaskOf<'login'> => ({
  kind: 'login',
  id: 'sign-in-1',
  wish: { do: 'login', way: 'claude' },
  before: [],
  then: [],
  preview: PREVIEW,
  state: { ...LOGIN_STARTS, ...state },
  cancelling: false,
  looked: true,
  ...more,
});
const signIn = (
  state: Partial<OrganisationSignInState> = {},
  more: Partial<SignInTaskOf<'sign-in'>> = {},
): SignInTaskOf<'sign-in'> => ({
  kind: 'sign-in',
  id: 'sign-in-2',
  wish: { do: 'sign-in', name: 'northwind', manner: 'browser' },
  before: [],
  entry: entryOf(),
  state: { ...SIGN_IN_STARTS, ...state },
  cancelling: false,
  looked: true,
  ...more,
});

function underWay(task: SignInTask): SignInUnderWay {
  const view = shown(task);
  if (view.kind !== 'under-way') throw new Error(`It is ${view.kind}.`);
  return view;
}
const SIGNS = { done: '●', now: '◉', later: '○' } as const;
const stepsOf = (task: SignInTask): readonly string[] =>
  underWay(task).steps.map(
    ({ state, name, time, since }) =>
      `${SIGNS[state]} ${name}${time === null ? '' : ` ${time}`}${since === null ? '' : ' …'}`,
  );

describe('The steps of a login', () => {
  test.each<[string, SignInTask, readonly string[]]>([
    [
      'while it starts',
      login(),
      [
        '◉ Claude Code is starting …',
        '○ Open the page',
        '○ Waiting for your approval',
        '○ Check who is logged in',
      ],
    ],
    [
      'before there is a page',
      login({ step: { at: 'waiting' } }),
      [
        '● Claude Code started 12:00',
        '◉ Open the page …',
        '○ Waiting for your approval',
        '○ Check who is logged in',
      ],
    ],
    [
      'while it waits',
      login(LOGIN_WAITS),
      [
        '● Claude Code started 12:00',
        '● Page opened 12:00',
        '◉ Waiting for your approval …',
        '○ Check who is logged in',
      ],
    ],
    [
      'while the store is read again',
      login({ ...LOGIN_WAITS, step: { at: 'checking' } }),
      [
        '● Claude Code started 12:00',
        '● Page opened 12:00',
        '● Waiting for your approval',
        '◉ Check who is logged in',
      ],
    ],
    [
      'while it is ended',
      login(LOGIN_WAITS, { cancelling: true }),
      [
        '● Claude Code started 12:00',
        '● Page opened 12:00',
        '◉ Waiting for your approval',
        '○ Check who is logged in',
      ],
    ],
  ])('%s.', (_, task, steps) => {
    expect(stepsOf(task)).toEqual(steps);
  });

  test('offer the field, the page and the way out only while it waits.', () => {
    const offers = (task: SignInTask): unknown => {
      const { paste, canOpenAgain, canCopyAddress, cancel } = underWay(task);
      return [paste !== null, canOpenAgain, canCopyAddress, cancel.isWorking];
    };
    expect(offers(login())).toEqual([false, false, false, false]);
    expect(offers(login(LOGIN_WAITS))).toEqual([true, true, true, false]);
    expect(offers(login({ ...LOGIN_WAITS, asksCode: false, link: null }))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(offers(login(LOGIN_WAITS, { cancelling: true }))).toEqual([false, false, false, true]);
    expect(offers(login({ ...LOGIN_WAITS, step: { at: 'stopping' } }))).toEqual([false, false, false, true]);
  });

  test.each([
    ['none', null],
    ['sent', false],
    ['incomplete', true],
  ] as const)('say of a code that is %s how it went.', (code, isTrouble) => {
    expect(underWay(login({ ...LOGIN_WAITS, code })).paste?.said?.isTrouble ?? null).toBe(isTrouble);
  });
});

describe('What a login will change', () => {
  test('is told mode by mode, with what still wins.', async () => {
    const before = await inspectionsOf({ user: KEY, answered: 'rejected' });
    const { after } = underWay(login(LOGIN_WAITS, { before, then: withLogin(before, 'claude') }));
    expect(after?.rows.map(({ label, mark, value, was }) => [label, mark, value, was])).toEqual([
      ['Interactive', 'next', 'Claude login', 'was not logged in'],
      ['Print', 'metered', 'API key from ~/.claude/settings.json:1', 'as now'],
    ]);
    expect(after?.note).toBe(
      'Print runs still send the API key. Credence will ask about it after the login.',
    );
  });

  test('says that it takes the place of one that is there.', async () => {
    const before = await inspectionsOf({ login: true });
    const { after } = underWay(login(LOGIN_WAITS, { before, then: withLogin(before, 'claude') }));
    expect(after?.note).toBe('The new login takes the place of the one that is there.');
    expect(after?.rows.map(({ was }) => was)).toEqual(['as now', 'as now']);
  });

  test('comes as a question where it would be used nowhere, with what would help first.', async () => {
    const before = await inspectionsOf({ user: KEY, answered: 'approved' });
    const book = placeBook();
    const task: SignInTask = {
      kind: 'before-login',
      id: 'sign-in-1',
      wish: { do: 'login', way: 'claude' },
      before,
      preview: PREVIEW,
      then: withLogin(before, 'claude'),
    };
    const view = shown(task, before, book);
    expect(view).toMatchObject({
      kind: 'question',
      title: 'This login would not be used here.',
      lead: 'Interactive sessions and print runs still send the API key. Clear that first, or log in anyway.',
      action: 'Log in anyway',
    });
    if (view.kind !== 'question') return;
    expect(view.remedy?.label).toMatch(/^Clear ANTHROPIC_API_KEY from .*…$/);
    expect(book.wishes.find(view.remedy?.id ?? '')).toMatchObject({ kind: 'clear' });
    const forced = shown({ ...task, preview: { ...PREVIEW, forced: 'console' } }, before);
    expect(forced.title).toBe('Claude Code will log in to the Claude Console instead.');
  });
});

describe('A login that is done', () => {
  const DONE: LoginStep = {
    at: 'done',
    outcome: {
      loginEndsAt: SOME_NOON + 20 * 86_400_000,
      plan: 'max',
      email: 'petra@example.com',
      organisation: 'Northwind',
      kept: 'login',
    },
  };

  test('tells account, plan, organisation and the range of its end, and what wins now.', async () => {
    const before = await inspectionsOf({ user: KEY, answered: 'rejected' });
    const current = await inspectionsOf({ user: KEY, answered: 'rejected', login: true });
    const book = placeBook();
    const view = shown(login({ step: DONE }, { before }), current, book);
    if (view.kind !== 'done') throw new Error(view.kind);
    expect(view.title).toBe('You are logged in.');
    expect(view.facts.map(({ label, value }) => [label, value.kind === 'text' ? value.text : ''])).toEqual([
      ['Account', 'petra@example.com'],
      ['Plan', 'Max'],
      ['Organisation', 'Northwind'],
      ['Login ends', expect.stringMatching(/^\d+ (\w+ )?to \d+ \w+/)],
    ]);
    expect(view.lead).toMatch(/^Interactive sessions use your Max login/);
    expect(view.notes.join()).toMatch(/^Print runs send the API key .* You pay per use/);
    expect(view.after.map(({ mark, was }) => [mark, was])).toEqual([
      ['wins', 'was not logged in'],
      ['metered', 'as now'],
    ]);
    expect(view.remedy?.label).toMatch(/^Clear ANTHROPIC_API_KEY/);
    expect(book.wishes.find(view.remedy?.id ?? '')).not.toBe(null);
  });

  test('offers nothing more where the login is what is used.', async () => {
    const view = shown(login({ step: DONE }), await inspectionsOf({ login: true }));
    expect(view).toMatchObject({
      kind: 'done',
      remedy: null,
      lead: 'Claude Code here: Max login. It is included in your subscription.',
      notes: [],
    });
  });

  test('is not told before it has been looked at.', () => {
    expect(stepsOf(login({ ...LOGIN_WAITS, step: DONE }, { looked: false })).at(-1)).toBe(
      '◉ Check who is logged in',
    );
  });
});

describe('The steps of a sign-in', () => {
  test.each<[string, SignInTask, readonly string[]]>([
    [
      'while the provider is asked',
      signIn(),
      [
        '◉ Open the page …',
        '○ Waiting for the browser',
        '○ Keep the token in the keychain',
        '○ Check what Claude Code gets',
      ],
    ],
    [
      'while it waits',
      signIn(SIGN_IN_WAITS),
      [
        '● Page opened 12:00',
        '◉ Waiting for the browser …',
        '○ Keep the token in the keychain',
        '○ Check what Claude Code gets',
      ],
    ],
    [
      'with a code for another machine',
      signIn({
        ...SIGN_IN_WAITS,
        browserAt: null,
        step: {
          at: 'device',
          userCode: 'WDJB-MJHT',
          verificationUri: 'https://login.northwind.example/device?user_code=x',
        },
      }),
      [
        '● Code shown 12:00',
        '◉ Waiting for the code to be typed …',
        '○ Keep the token in the keychain',
        '○ Check what Claude Code gets',
      ],
    ],
    [
      'while the token is kept',
      signIn({ ...SIGN_IN_WAITS, step: { at: 'keeping' } }),
      [
        '● Page opened 12:00',
        '● Waiting for the browser',
        '◉ Keep the token in the keychain',
        '○ Check what Claude Code gets',
      ],
    ],
    [
      'while it is looked again',
      signIn({ ...SIGN_IN_WAITS, step: { at: 'done', note: SIGNED_IN } }, { looked: false }),
      [
        '● Page opened 12:00',
        '● Waiting for the browser',
        '● Keep the token in the keychain',
        '◉ Check what Claude Code gets',
      ],
    ],
  ])('%s.', (_, task, steps) => {
    expect(stepsOf(task)).toEqual(steps);
  });

  test('say how it comes back, whose it was, and when it stops.', () => {
    const { facts, title, toDevice } = underWay(
      signIn(SIGN_IN_WAITS, { entry: entryOf({ note: SIGNED_IN }) }),
    );
    expect(title).toBe('Finish signing in to northwind in your browser.');
    expect(toDevice).toBe('Sign in with a code instead');
    expect(facts.map(({ label, value }) => [label, value.kind === 'text' ? value.text : value.at])).toEqual([
      ['Returns to', '127.0.0.1:52114'],
      ['Stops waiting', SOME_NOON + 300_000],
      ['Account', 'petra@northwind.example'],
      ['Token lives', '8 hours, then Credence renews it'],
    ]);
  });

  test.each([
    [null, 'Your organisation asks who you are. Credence never sees your password.'],
    [
      { ...SIGNED_IN, state: 'needs-sign-in' } as const,
      'Asked for because the provider takes the last token no more.',
    ],
    [
      { ...SIGNED_IN, renews: false, accessEndsAt: SOME_NOON },
      'Asked for because the last token ended at 12:00.',
    ],
  ])('say why it is asked for (%#).', (note, lead) => {
    expect(underWay(signIn(SIGN_IN_WAITS, { entry: entryOf({ note }) })).lead).toBe(lead);
  });

  test('show where a code is typed without what its link carries.', () => {
    const step: SignInStep = {
      at: 'device',
      userCode: 'WDJB-MJHT',
      verificationUri: 'https://petra:MARKED@login.northwind.example/device?user_code=MARKED#MARKED',
    };
    expect(underWay(signIn({ step })).device).toEqual({
      code: 'WDJB-MJHT',
      where: 'login.northwind.example/device',
    });
  });
});

const CAUSES: readonly SignInTask[] = [
  ...LOGIN_FAILURES.map((why) => login({ step: { at: 'failed', why } })),
  login({ step: { at: 'cancelled' } }),
  ...OIDC_FAILURES.map((code) =>
    signIn({
      step: { at: 'failed', why: { code: 'oidc', failure: { code, status: null, retryAfter: null } } },
    }),
  ),
  ...(['no-way-back', 'no-device', 'internal', 'timed-out', 'already-under-way'] as const).map((code) =>
    signIn({ step: { at: 'failed', why: { code } } }),
  ),
  ...(['no-keychain', 'locked', 'denied', 'damaged', 'later-version', 'busy'] as const).map((why) =>
    signIn({ step: { at: 'failed', why: { code: 'not-kept', why } } }),
  ),
  signIn({ step: { at: 'cancelled' } }),
  ...LOGIN_OBSTACLES.map((code): SignInTask => ({
    kind: 'obstacle',
    id: 'sign-in-3',
    wish: { do: 'login', way: 'sso' },
    before: [],
    obstacle: { of: 'login', code },
  })),
  ...SIGN_IN_OBSTACLES.map((code): SignInTask => ({
    kind: 'obstacle',
    id: 'sign-in-3',
    wish: { do: 'sign-in', name: 'northwind', manner: 'device' },
    before: [],
    obstacle: { of: 'sign-in', code },
  })),
  ...LOG_OUT_FAILURES.map((why): SignInTask => ({
    kind: 'log-out',
    id: 'sign-in-4',
    wish: { do: 'log-out' },
    before: [],
    then: [],
    preview: { ok: true, command: 'claude auth logout', deletes: [] },
    at: 'failed',
    result: { ok: false, why },
  })),
];

test.each(CAUSES.map((task) => [shown(task).title, task] as const))(
  'What failed says what happened, what it means and what to do: “%s”',
  (title, task) => {
    const view = shown(task);
    if (view.kind !== 'failed') throw new Error(view.kind);
    for (const text of [title, view.lead, ...(view.advice === null ? [] : [view.advice])])
      expect(text).toMatch(/^[A-Z].*[.]$/s);
    // Nobody is left without something to do.
    expect(view.advice !== null || view.again !== null).toBe(true);
    expect(view.lead).not.toBe(view.advice);
    v.parse(COMMANDS.confirmSignIn, [view.id]);
  },
);

describe('A log-out', () => {
  test('says what it deletes, where, and what is used then.', async () => {
    const before = await inspectionsOf({ login: true, user: KEY, answered: 'rejected' });
    const deletes = DELETED.map((what) => ({ what, path: what === 'login' ? null : '/home/p/.claude.json' }));
    const view = shown({
      kind: 'log-out',
      id: 'sign-in-4',
      wish: { do: 'log-out' },
      before,
      then: withoutLogin(before),
      preview: { ok: true, command: 'claude auth logout', deletes },
      at: 'question',
      result: null,
    });
    if (view.kind !== 'question') throw new Error(view.kind);
    expect(view.lists[0]?.items.map(({ place }) => place)).toEqual([
      'keychain',
      '~/.claude.json',
      '~/.claude.json',
      '~/.claude.json',
    ]);
    expect(view.after?.rows.map(({ value, was }) => [value, was])).toEqual([
      ['not logged in', 'was Max login'],
      ['API key from ~/.claude/settings.json:1', 'as now'],
    ]);
  });

  test('tells when the server has not confirmed it.', () => {
    const base = {
      kind: 'log-out',
      id: 'sign-in-4',
      wish: { do: 'log-out' },
      before: [],
      then: [],
      preview: { ok: true, command: '', deletes: [] },
      at: 'done',
    } as const;
    const notes = (server: 'told' | 'unconfirmed'): unknown => {
      const view = shown({ ...base, result: { ok: true, server } });
      return view.kind === 'done' ? view.notes : null;
    };
    expect(notes('told')).toEqual([]);
    expect(notes('unconfirmed')).toEqual([expect.stringContaining('did not confirm')]);
  });
});

const anyLogin = fc.record({
  way: fc.constantFrom(...LOGIN_WAYS),
  step: fc.constantFrom<LoginStep>(
    { at: 'starting' },
    { at: 'waiting' },
    { at: 'checking' },
    { at: 'stopping' },
    { at: 'cancelled' },
    { at: 'failed', why: 'refused' },
    {
      at: 'done',
      outcome: {
        loginEndsAt: 1,
        plan: '\u202Eevil',
        email: '<b>\u0007',
        organisation: null,
        kept: 'profile',
      },
    },
  ),
  startedAt: fc.constantFrom(SOME_NOON, 0, -1, Number.MAX_SAFE_INTEGER),
  browserAt: fc.constantFrom(null, SOME_NOON, 0),
  link: fc.constantFrom(null, { url: MARKED_LINK, host: 'claude.com' }),
  asksCode: fc.boolean(),
  code: fc.constantFrom('none', 'sent', 'incomplete'),
});

test('Of any state of a login the window is given no link, no key, one step at most that is now, and plain data.', async () => {
  const before = await inspectionsOf({ user: KEY, answered: 'rejected', login: true });
  fc.assert(
    fc.property(anyLogin, fc.boolean(), fc.boolean(), (state, cancelling, looked) => {
      const task = login(state, { cancelling, looked, before, then: withLogin(before, state.way) });
      const view = shown(task, before);
      const text = JSON.stringify(view);
      for (const secret of ['MARKED', 'code_challenge', API_KEY, '\u202E', '\u0007'])
        expect(text).not.toContain(secret);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
      expect(structuredClone(view)).toStrictEqual(view);
      if (view.kind === 'under-way')
        expect(view.steps.filter(({ state: at }) => at === 'now').length).toBe(1);
    }),
  );
});

describe('The window as a whole', () => {
  test('holds no link and no code of a login that waits, and shows it in the menu.', async () => {
    const { snapshot } = await windowOf({}, { signIn: { task: login(LOGIN_WAITS, { looked: false }) } });
    const text = JSON.stringify(snapshot);
    expect(text).not.toContain('MARKED');
    expect(snapshot.signIn?.brief).toBe('Waiting for your approval in the browser…');
    expect(snapshot.menu.slice(1, 6).map((item) => (item.kind === 'separator' ? '-' : item.label))).toEqual([
      '-',
      'Waiting for your approval in the browser…',
      'Show the login',
      'Cancel login',
      '-',
    ]);
  });

  test('offers ways in where nobody is logged in, and only there.', async () => {
    const doorsOf = async (given: Given): Promise<readonly string[]> =>
      (
        await windowOf(given, { signIn: { providers: { entries: [entryOf()], faults: [], file: null } } })
      ).snapshot.doors.map(({ title }) => title);
    expect(await doorsOf({ mode: 'print' })).toEqual([
      'Log in with a Claude subscription…',
      'Log in with Claude Console…',
      'Sign in to northwind…',
    ]);
    expect(await doorsOf({ mode: 'bare' })).toEqual([]);
    expect(await doorsOf({ mode: 'print', login: true })).toEqual([]);
  });
});
