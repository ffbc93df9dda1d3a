import * as v from 'valibot';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOGIN_FAILURES, LOGIN_WAYS, type LoginStep } from '../../core/sign-in/claude-login.ts';
import { COMMANDS } from '../../ipc/contract.ts';
import { OIDC_FAILURES } from '../../core/sign-in/oidc-failure.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { API_KEY, KEY, type Given } from '../../testing/given.ts';
import { entryOf, LOGIN_WAITS, MARKED_LINK } from '../../testing/played-sign-in-desk.ts';
import { inspectionsOf, loginTask, shownTask, signInTask, underWay } from '../../testing/shown-sign-ins.ts';
import { windowOf } from '../../testing/window-of.ts';
import {
  LOG_OUT_FAILURES,
  LOGIN_OBSTACLES,
  SIGN_IN_OBSTACLES,
} from '../../usecases/desk/sign-in-functions.ts';
import { withLogin, type SignInTask, type SignInWish } from '../../usecases/desk/sign-in-task.ts';

const CAUSES: readonly SignInTask[] = [
  ...LOGIN_FAILURES.map((why) => loginTask({ step: { at: 'failed', why } })),
  loginTask({ step: { at: 'cancelled' } }),
  ...OIDC_FAILURES.map((code) =>
    signInTask({
      step: { at: 'failed', why: { code: 'oidc', failure: { code, status: null, retryAfter: null } } },
    }),
  ),
  ...(['no-way-back', 'no-device', 'internal', 'timed-out', 'already-under-way'] as const).map((code) =>
    signInTask({ step: { at: 'failed', why: { code } } }),
  ),
  ...(['no-keychain', 'locked', 'denied', 'damaged', 'later-version', 'busy'] as const).flatMap((why) =>
    (['no-place', 'not-kept'] as const).map((code) =>
      signInTask({ step: { at: 'failed', why: { code, why } } }),
    ),
  ),
  signInTask({ step: { at: 'cancelled' } }),
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

test.each(CAUSES.map((task) => [shownTask(task).title, task] as const))(
  'What failed says what happened, what it means and what to do: “%s”',
  (title, task) => {
    const view = shownTask(task);
    if (view.kind !== 'failed') throw new Error(view.kind);
    for (const text of [title, view.lead, ...(view.advice === null ? [] : [view.advice])])
      expect(text).toMatch(/^[A-Z].*[.]$/s);
    // Nobody is left without something to do.
    expect(view.advice !== null || view.again !== null).toBe(true);
    expect(view.lead).not.toBe(view.advice);
    v.parse(COMMANDS.confirmSignIn, [view.id]);
  },
);

test.each<[SignInWish, string, string]>([
  [{ do: 'login', way: 'claude' }, 'Claude Code is starting.', 'Cancel login'],
  [{ do: 'log-out' }, 'Looking what a log-out would delete.', 'Cancel'],
  [{ do: 'setup-token' }, 'Looking for Claude Code.', 'Cancel'],
  [
    { do: 'sign-in', name: 'northwind', manner: 'browser' },
    'Asking northwind how to sign in.',
    'Cancel sign-in',
  ],
  [{ do: 'sign-out', name: 'northwind' }, 'Looking what is kept for northwind.', 'Cancel'],
])('What is prepared says what is done meanwhile, and can be ended: $0.do', (wish, title, label) => {
  const task = { kind: 'preparing', id: 'sign-in-1', wish, before: [], cancelling: false } as const;
  expect(underWay(task)).toMatchObject({ title, cancel: { label, isWorking: false }, steps: [] });
  expect(underWay({ ...task, cancelling: true })).toMatchObject({
    title: 'Ending it.',
    cancel: { isWorking: true },
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
      const task = loginTask(state, { cancelling, looked, before, then: withLogin(before, state.way) });
      const view = shownTask(task, before);
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
    const { snapshot } = await windowOf({}, { signIn: { task: loginTask(LOGIN_WAITS, { looked: false }) } });
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
