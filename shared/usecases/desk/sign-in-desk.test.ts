import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KEY, type Given } from '../../testing/given.ts';
import {
  entryOf,
  LOGIN_WAITS,
  madeUpSignIn,
  NORTHWIND,
  SIGNED_IN,
  SIGN_IN_WAITS,
  type SignInSeat,
} from '../../testing/played-sign-in-desk.ts';
import { deskStateOf } from '../../testing/window-of.ts';
import type { Inspection } from '../inspect.ts';
import type { SignInReply } from './sign-in-desk.ts';
import { isUnderWay, questionOf, type SignInWish } from './sign-in-task.ts';

const LOGIN: SignInWish = { do: 'login', way: 'claude' };
const SIGN_IN: SignInWish = { do: 'sign-in', name: 'northwind', manner: 'browser' };
const DONE = {
  step: {
    at: 'done',
    outcome: {
      loginEndsAt: null,
      plan: 'max',
      email: 'petra@example.com',
      organisation: null,
      kept: 'login',
    },
  },
} as const;

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const inspectionsOf = async (given: Given): Promise<readonly Inspection[]> =>
  (await deskStateOf(given)).look?.inspections ?? [];
const kindOf = ({ desk }: SignInSeat): string | null => desk.state().task?.kind ?? null;
const stepOf = ({ desk }: SignInSeat): string | null => {
  const { task } = desk.state();
  return task?.kind === 'login' || task?.kind === 'sign-in' ? task.state.step.at : null;
};

describe('A login', () => {
  test('goes from the press to what is true afterwards, and looks again before it says so.', async () => {
    const seat = madeUpSignIn();
    await seat.desk.start(LOGIN);
    expect([kindOf(seat), stepOf(seat)]).toEqual(['login', 'starting']);
    seat.logins[0]?.turn(LOGIN_WAITS);
    expect(stepOf(seat)).toBe('waiting');
    seat.logins[0]?.end(DONE);
    // The end is not told before it has been looked at.
    expect(isUnderWay(seat.desk.state().task)).toBe(true);
    await breathe();
    expect(seat.looks()).toBe(1);
    expect(seat.desk.state().task).toMatchObject({ kind: 'login', looked: true, state: DONE });
    expect(isUnderWay(seat.desk.state().task)).toBe(false);
    expect(seat.desk.leave()).toBe('done');
    expect(kindOf(seat)).toBe(null);
  });

  test.each<[string, Given, string]>([
    ['nothing else is there', {}, 'login'],
    ['one mode would use it', { user: KEY, answered: 'rejected' }, 'login'],
    ['a key wins in every mode', { user: KEY, answered: 'approved' }, 'before-login'],
  ])('begins at once, or asks first, when %s.', async (_, given, kind) => {
    const seat = madeUpSignIn({ inspections: await inspectionsOf(given) });
    await seat.desk.start(LOGIN);
    expect(kindOf(seat)).toBe(kind);
    expect(seat.asked).toEqual(['previewLogin claude', ...(kind === 'login' ? ['startLogin claude'] : [])]);
    if (kind === 'login') return;
    expect(await seat.desk.confirm('sign-in-0')).toBe('not-known');
    expect(seat.asked).toHaveLength(1);
    await seat.desk.confirm(questionOf(seat.desk.state().task) ?? '');
    expect(kindOf(seat)).toBe('login');
  });

  test('is asked about when settings lead it elsewhere.', async () => {
    const previewLogin = () =>
      Promise.resolve({ ok: true, command: 'claude auth login', program: '/c', forced: 'console' } as const);
    const seat = madeUpSignIn({ functions: { previewLogin } });
    await seat.desk.start(LOGIN);
    expect(kindOf(seat)).toBe('before-login');
    await seat.desk.start({ do: 'login', way: 'console' });
    expect(kindOf(seat)).toBe('login');
  });

  test.each<[string, Parameters<typeof madeUpSignIn>[0]]>([
    [
      'says why',
      { functions: { previewLogin: () => Promise.resolve({ ok: false, obstacle: 'no-claude' }) } },
    ],
    ['is a bug', { functions: { previewLogin: () => Promise.reject(new Error('marked')) } }],
    [
      'comes at the start',
      { functions: { startLogin: () => Promise.resolve({ ok: false, obstacle: 'not-started' }) } },
    ],
    ['is a bug at the start', { functions: { startLogin: () => Promise.reject(new Error('marked')) } }],
  ])('that cannot begin tells the obstacle, which %s, and can be tried again.', async (_, given) => {
    const seat = madeUpSignIn(given);
    await seat.desk.start(LOGIN);
    expect(seat.desk.state().task).toMatchObject({ kind: 'obstacle', obstacle: { of: 'login' } });
    expect(JSON.stringify(seat.desk.state())).not.toContain('marked');
    const before = seat.desk.state().task?.id;
    expect(await seat.desk.retry()).toBe('done');
    expect(seat.desk.state().task?.id).not.toBe(before);
  });

  test('goes on with the file that a person chose.', async () => {
    let isThere = false;
    const preview = { ok: true, command: 'claude auth login', program: '/opt/claude', forced: null } as const;
    const seat = madeUpSignIn({
      functions: {
        previewLogin: () => Promise.resolve(isThere ? preview : { ok: false, obstacle: 'no-claude' }),
        chooseClaude: (path) => {
          isThere = path === '/opt/claude';
          return Promise.resolve(isThere ? 'taken' : 'unsafe-claude');
        },
      },
    });
    await seat.desk.start(LOGIN);
    expect(await seat.desk.chooseClaude('/tmp/other')).toBe('unsafe-claude');
    expect(kindOf(seat)).toBe('obstacle');
    expect(await seat.desk.chooseClaude('/opt/claude')).toBe('taken');
    expect(kindOf(seat)).toBe('login');
  });

  test('hands on what is pasted, and keeps nothing of it.', async () => {
    const seat = madeUpSignIn();
    expect(seat.desk.sendCode('MARKED-CODE')).toBe('not-known');
    await seat.desk.start(LOGIN);
    seat.logins[0]?.turn(LOGIN_WAITS);
    expect(seat.desk.sendCode('MARKED-CODE')).toBe('done');
    expect(seat.logins[0]?.pasted).toEqual(['MARKED-CODE']);
    expect(JSON.stringify(seat.desk.state())).not.toContain('MARKED-CODE');
    seat.logins[0]?.end({ step: { at: 'failed', why: 'code-refused' } });
    await breathe();
    expect(seat.desk.sendCode('MARKED-CODE')).toBe('not-known');
    expect([seat.logins[0]?.pasted.length, seat.desk.address()]).toEqual([1, null]);
  });
});

describe('One at a time', () => {
  test.each<[string, SignInWish]>([
    ['another way', { do: 'login', way: 'sso' }],
    ['the same once more', LOGIN],
    ['an organisation', SIGN_IN],
    ['a log-out', { do: 'log-out' }],
    ['a sign-out', { do: 'sign-out', name: 'northwind' }],
  ])('a second attempt, for %s, shows the one under way.', async (_, wish) => {
    const seat = madeUpSignIn();
    await seat.desk.start(LOGIN);
    const { task } = seat.desk.state();
    expect(await seat.desk.start(wish)).toBe('under-way');
    expect(seat.desk.state().task).toBe(task);
    expect(seat.asked).toEqual(['previewLogin claude', 'startLogin claude']);
    expect(seat.desk.leave()).toBe('busy');
  });

  test('two presses at once start one.', async () => {
    const seat = madeUpSignIn();
    const replies = await Promise.all([seat.desk.start(LOGIN), seat.desk.start(SIGN_IN)]);
    expect(replies).toEqual(['done', 'under-way']);
    expect(seat.logins.length + seat.signIns.length).toBe(1);
  });

  test('what was only asked gives way.', async () => {
    const seat = madeUpSignIn();
    await seat.desk.start({ do: 'log-out' });
    const question = questionOf(seat.desk.state().task);
    await seat.desk.start({ do: 'sign-out', name: 'northwind' });
    expect(kindOf(seat)).toBe('sign-out');
    expect(await seat.desk.confirm(question ?? '')).toBe('not-known');
    expect(seat.asked).toEqual(['previewLogOut']);
  });
});

describe('Cancelling', () => {
  test('while Claude Code is only looked for, starts nothing.', async () => {
    const seat = madeUpSignIn();
    const started = seat.desk.start(LOGIN);
    await seat.desk.cancel();
    await started;
    expect([kindOf(seat), seat.logins.length]).toEqual([null, 0]);
  });

  test('while it is being started, ends what comes of it.', async () => {
    const seat = madeUpSignIn();
    const started = seat.desk.start(SIGN_IN);
    await seat.desk.cancel();
    await started;
    expect(kindOf(seat)).toBe(null);
    expect(seat.signIns.map((played) => played.cancels())).toEqual([1]);
  });

  test('says so until it has ended, and looks again.', async () => {
    let end = (): void => undefined;
    const seat = madeUpSignIn({
      onCancel: (played) => {
        end = () => {
          played.end({ step: { at: 'cancelled' } });
        };
      },
    });
    await seat.desk.start(LOGIN);
    const cancelled = seat.desk.cancel();
    expect(seat.desk.state().task).toMatchObject({ cancelling: true });
    expect(await seat.desk.start(SIGN_IN)).toBe('under-way');
    end();
    expect(await cancelled).toBe('done');
    await breathe();
    expect([stepOf(seat), seat.looks()]).toEqual(['cancelled', 1]);
    expect(await seat.desk.cancel()).toBe('not-known');
    expect(await seat.desk.retry()).toBe('done');
    expect(stepOf(seat)).toBe('starting');
  });
});

describe('A sign-in to an organisation', () => {
  test('goes on with a code when a person wants that, and the first one has ended.', async () => {
    const seat = madeUpSignIn();
    await seat.desk.start(SIGN_IN);
    seat.signIns[0]?.turn(SIGN_IN_WAITS);
    expect(await seat.desk.useDevice()).toBe('done');
    expect(seat.asked).toEqual(['startSignIn northwind browser', 'startSignIn northwind device']);
    expect(seat.signIns.map((played) => played.cancels())).toEqual([1, 0]);
    expect(seat.desk.deviceCode()).toBe(null);
    seat.signIns[1]?.turn({
      step: { at: 'device', userCode: 'WDJB-MJHT', verificationUri: 'https://a.example' },
    });
    expect(seat.desk.deviceCode()).toBe('WDJB-MJHT');
    expect(await seat.desk.useDevice()).toBe('not-known');
  });

  test('takes no code where the provider does not.', async () => {
    const entries = [entryOf({ provider: { ...NORTHWIND, deviceFlow: false } })];
    const seat = madeUpSignIn({ entries });
    await seat.desk.start(SIGN_IN);
    expect(await seat.desk.useDevice()).toBe('not-known');
    expect(seat.signIns[0]?.cancels()).toBe(0);
  });

  test('that ends well while a code was asked for stays as it is.', async () => {
    const note = { ...SIGNED_IN };
    const seat = madeUpSignIn({
      onCancel: (played) => {
        (played as unknown as { end: (change: unknown) => void }).end({ step: { at: 'done', note } });
      },
    });
    await seat.desk.start(SIGN_IN);
    await seat.desk.useDevice();
    expect(seat.signIns).toHaveLength(1);
    await breathe();
    expect(seat.desk.state().task).toMatchObject({
      kind: 'sign-in',
      looked: true,
      state: { step: { at: 'done' } },
    });
  });
});

describe('A sign-out', () => {
  test('asks first, then once more when the provider cannot be told.', async () => {
    const answers: string[] = [];
    const seat = madeUpSignIn({
      entries: [entryOf({ note: SIGNED_IN })],
      functions: {
        signOut: (_name, anyway) => {
          answers.push(anyway ? 'anyway' : 'revoke');
          return Promise.resolve(
            anyway
              ? { ok: true, revoked: 'failed' }
              : {
                  ok: false,
                  why: {
                    code: 'not-revoked',
                    failure: { code: 'timed-out', status: null, retryAfter: null },
                  },
                },
          );
        },
      },
    });
    await seat.desk.start({ do: 'sign-out', name: 'northwind' });
    expect(answers).toEqual([]);
    const first = questionOf(seat.desk.state().task) ?? '';
    await seat.desk.confirm(first);
    const second = questionOf(seat.desk.state().task) ?? '';
    expect(second).not.toBe(first);
    // The first yes is not one to this.
    expect(await seat.desk.confirm(first)).toBe('not-known');
    expect(answers).toEqual(['revoke']);
    await seat.desk.confirm(second);
    expect(answers).toEqual(['revoke', 'anyway']);
    expect(seat.desk.state().task).toMatchObject({ kind: 'sign-out', at: 'done' });
  });

  test('of who is not set up any more says so.', async () => {
    const seat = madeUpSignIn({ entries: [] });
    await seat.desk.start({ do: 'sign-out', name: 'northwind' });
    expect(seat.desk.state().task).toMatchObject({ kind: 'obstacle', obstacle: { code: 'not-configured' } });
    expect(await seat.desk.check('northwind')).toBe('not-known');
  });
});

test('A log-out deletes nothing before it is confirmed, and once only however often that is pressed.', async () => {
  const seat = madeUpSignIn();
  await seat.desk.start({ do: 'log-out' });
  expect(seat.asked).toEqual(['previewLogOut']);
  const question = questionOf(seat.desk.state().task) ?? '';
  await Promise.all([seat.desk.confirm(question), seat.desk.confirm(question)]);
  expect(seat.asked).toEqual(['previewLogOut', 'logOut']);
  expect(seat.desk.state().task).toMatchObject({ kind: 'log-out', at: 'done' });
  expect(seat.looks()).toBe(1);
});

test('A provider is asked once at a time, and what it said stays.', async () => {
  const seat = madeUpSignIn();
  seat.desk.refresh();
  const both = Promise.all([seat.desk.check('northwind'), seat.desk.check('northwind')]);
  expect(seat.desk.state().checks).toEqual({ northwind: 'checking' });
  await both;
  expect(seat.asked).toEqual(['checkProvider northwind']);
  expect(seat.desk.state().checks['northwind']).toMatchObject({ ok: true });
});

describe('Quitting', () => {
  test('in the middle ends what runs before it is over, and nothing begins any more.', async () => {
    let end = (): void => undefined;
    const seat = madeUpSignIn({
      onCancel: (played) => {
        end = () => {
          played.end({ step: { at: 'cancelled' } });
        };
      },
    });
    await seat.desk.start(LOGIN);
    let isClosed = false;
    const closing = seat.desk.close().then(() => {
      isClosed = true;
    });
    await breathe();
    expect(isClosed).toBe(false);
    end();
    await closing;
    expect(seat.logins[0]?.cancels()).toBe(1);
    expect(await seat.desk.start(SIGN_IN)).toBe('not-known');
    expect(seat.scheduler.pending).toBe(0);
  });

  test('while it is being started ends what comes of it.', async () => {
    const seat = madeUpSignIn();
    const started = seat.desk.start(SIGN_IN);
    await seat.desk.close();
    await started;
    expect(seat.signIns.map((played) => played.cancels())).toEqual([1]);
  });

  test('does not wait for ever for what does not end.', async () => {
    const seat = madeUpSignIn({ onCancel: () => undefined });
    await seat.desk.start(LOGIN);
    const closing = seat.desk.close();
    await breathe();
    seat.scheduler.pass(60_000);
    await closing;
    expect(seat.logins[0]?.cancels()).toBe(1);
  });

  test('waits for a log-out that is being done.', async () => {
    let finish = (): void => undefined;
    const logOut = () =>
      new Promise<{ ok: true; server: 'told' }>((resolve) => {
        finish = () => {
          resolve({ ok: true, server: 'told' });
        };
      });
    const seat = madeUpSignIn({ functions: { logOut } });
    await seat.desk.start({ do: 'log-out' });
    void seat.desk.confirm(questionOf(seat.desk.state().task) ?? '');
    let isClosed = false;
    const closing = seat.desk.close().then(() => {
      isClosed = true;
    });
    await breathe();
    expect(isClosed).toBe(false);
    finish();
    await closing;
  });
});

test('What is said after its end, or of an attempt that was left, changes nothing.', async () => {
  const seat = madeUpSignIn();
  await seat.desk.start(LOGIN);
  const [first] = seat.logins;
  first?.end({ step: { at: 'failed', why: 'timed-out' } });
  await breathe();
  first?.turn(LOGIN_WAITS);
  expect(stepOf(seat)).toBe('failed');
  await seat.desk.retry();
  const shown = seat.desk.state();
  const told = seat.told();
  first?.turn(LOGIN_WAITS);
  first?.turn(DONE);
  expect(seat.desk.state()).toBe(shown);
  expect(seat.told()).toBe(told);
});

/** One thing that a person or a sign-in may do. */
const anEvent = fc.constantFrom<(seat: SignInSeat) => unknown>(
  ({ desk }) => desk.start(LOGIN),
  ({ desk }) => desk.start(SIGN_IN),
  ({ desk }) => desk.start({ do: 'log-out' }),
  ({ desk }) => desk.start({ do: 'sign-out', name: 'northwind' }),
  ({ desk }) => desk.cancel(),
  ({ desk }) => desk.leave(),
  ({ desk }) => desk.retry(),
  ({ desk }) => desk.useDevice(),
  ({ desk }) => desk.confirm(questionOf(desk.state().task) ?? 'none'),
  ({ desk }) => desk.confirm('sign-in-1'),
  ({ desk }) => desk.openAgain(),
  ({ desk }) => desk.sendCode('MARKED-CODE'),
  ({ logins }) => logins.at(-1)?.turn(LOGIN_WAITS),
  ({ logins }) => logins.at(-1)?.end(DONE),
  ({ logins }) => logins[0]?.turn({ step: { at: 'checking' } }),
  ({ logins }) => logins.at(-1)?.end({ step: { at: 'failed', why: 'refused' } }),
  ({ signIns }) => signIns.at(-1)?.turn(SIGN_IN_WAITS),
  ({ signIns }) => signIns.at(-1)?.end({ step: { at: 'done', note: SIGNED_IN } }),
  ({ signIns }) => signIns[0]?.end({ step: { at: 'failed', why: { code: 'no-way-back' } } }),
  () => breathe(),
);

test('In whatever order: never do two run, nothing pasted is kept, and at the end all have ended.', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anEvent, fc.boolean()), { maxLength: 30 }), async (events) => {
      const seat = madeUpSignIn({ entries: [entryOf({ note: SIGNED_IN })] });
      const running = (): number =>
        [...seat.logins, ...seat.signIns].filter((played) => !played.isOver()).length;
      const open: unknown[] = [];
      for (const [event, waits] of events) {
        const done = event(seat);
        open.push(done);
        if (waits) await breathe();
        expect(running()).toBeLessThanOrEqual(1);
        expect(JSON.stringify(seat.desk.state())).not.toContain('MARKED-CODE');
      }
      await seat.desk.close();
      const replies = (await Promise.all(open)) as (SignInReply | undefined)[];
      expect(replies.every((reply) => reply === undefined || typeof reply === 'string')).toBe(true);
      expect(running()).toBe(0);
      expect(seat.scheduler.pending).toBe(0);
    }),
    { numRuns: 150 },
  );
});
