import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { turn } from '../../../e2e/support/turn.ts';
import {
  entryOf,
  LOGIN_WAITS,
  madeUpSignIn,
  NORTHWIND,
  SIGN_IN_WAITS,
  SIGNED_IN,
  type SignInSeat,
} from '../../testing/played-sign-in-desk.ts';
import {
  kindOf,
  LOG_OUT,
  LOGIN,
  LOGIN_DONE,
  sayYes,
  SIGN_IN,
  SIGN_OUT,
  slowCancel,
  stepOf,
} from '../../testing/seated-sign-in.ts';
import { STOP_WAITS } from '../../ports/started-programs.ts';
import type { SignInReply } from './sign-in-desk.ts';
import { questionOf, type SignInWish } from './sign-in-task.ts';

describe('One at a time', () => {
  test.each<[string, SignInWish]>([
    ['another way', { do: 'login', way: 'sso' }],
    ['the same once more', LOGIN],
    ['an organisation', SIGN_IN],
    ['a log-out', LOG_OUT],
    ['a sign-out', SIGN_OUT],
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
    await seat.desk.start(LOG_OUT);
    const question = questionOf(seat.desk.state().task);
    await seat.desk.start(SIGN_OUT);
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
    const { onCancel, end } = slowCancel();
    const seat = madeUpSignIn({ onCancel });
    await seat.desk.start(LOGIN);
    const cancelled = seat.desk.cancel();
    expect(seat.desk.state().task).toMatchObject({ cancelling: true });
    expect(await seat.desk.start(SIGN_IN)).toBe('under-way');
    end();
    expect(await cancelled).toBe('done');
    await turn();
    expect([stepOf(seat), seat.looks()]).toEqual(['cancelled', 1]);
    expect(await seat.desk.cancel()).toBe('not-known');
    expect(await seat.desk.retry()).toBe('done');
    expect(stepOf(seat)).toBe('starting');
  });
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

test('A provider that cannot be asked at all is as if nobody had asked, and the others stay.', async () => {
  const told = { ok: true, host: 'a.example', revokes: true, offersDevice: true, at: 0 } as const;
  const answers = [Promise.resolve(told), Promise.reject(new Error('marked'))];
  const entries = [entryOf(), entryOf({ provider: { ...NORTHWIND, name: 'southwind' } })];
  const checkProvider = () => answers.shift() ?? Promise.resolve(told);
  const seat = madeUpSignIn({ entries, functions: { checkProvider } });
  seat.desk.refresh();
  await seat.desk.check('southwind');
  await seat.desk.check('northwind');
  expect(seat.desk.state().checks).toEqual({ southwind: told });
});

test('Nobody is asked about a provider that is configured no more.', async () => {
  let asked = 0;
  const checkProvider = () => {
    asked += 1;
    return Promise.reject(new Error('marked'));
  };
  const entries = [entryOf({ isFormer: true })];
  const seat = madeUpSignIn({ entries, functions: { checkProvider } });
  seat.desk.refresh();
  expect(await seat.desk.check('northwind')).toBe('not-known');
  expect(asked).toBe(0);
});

test('Files with providers that cannot be read leave what was known of them.', async () => {
  const known = { entries: [entryOf()], faults: [], file: null };
  let reads = 0;
  const providers = () => {
    reads += 1;
    if (reads > 1) throw new Error('marked');
    return known;
  };
  const seat = madeUpSignIn({ functions: { providers } });
  seat.desk.refresh();
  await seat.desk.start(SIGN_IN);
  expect(reads).toBe(2);
  expect(seat.desk.state().providers).toBe(known);
  expect(stepOf(seat)).toBe('starting');
});

describe('Quitting', () => {
  test('in the middle ends what runs before it is over, and nothing begins any more.', async () => {
    const { onCancel, end } = slowCancel();
    const seat = madeUpSignIn({ onCancel });
    await seat.desk.start(LOGIN);
    let isClosed = false;
    const closing = seat.desk.close().then(() => {
      isClosed = true;
    });
    await turn();
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
    let isClosed = false;
    const closing = seat.desk.close().then(() => {
      isClosed = true;
    });
    await turn();
    // As long as a stop may take it is waited for.
    seat.scheduler.pass(STOP_WAITS.interrupt + STOP_WAITS.terminate);
    await turn();
    expect(isClosed).toBe(false);
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
    await seat.desk.start(LOG_OUT);
    void sayYes(seat);
    let isClosed = false;
    const closing = seat.desk.close().then(() => {
      isClosed = true;
    });
    await turn();
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
  await turn();
  first?.turn(LOGIN_WAITS);
  expect(stepOf(seat)).toBe('failed');
  await seat.desk.retry();
  const shown = seat.desk.state();
  const told = seat.told();
  first?.turn(LOGIN_WAITS);
  first?.turn(LOGIN_DONE);
  expect(seat.desk.state()).toBe(shown);
  expect(seat.told()).toBe(told);
});

/** One thing that a person or a sign-in may do. */
const anEvent = fc.constantFrom<(seat: SignInSeat) => unknown>(
  ({ desk }) => desk.start(LOGIN),
  ({ desk }) => desk.start(SIGN_IN),
  ({ desk }) => desk.start(LOG_OUT),
  ({ desk }) => desk.start(SIGN_OUT),
  ({ desk }) => desk.cancel(),
  ({ desk }) => desk.leave(),
  ({ desk }) => desk.retry(),
  ({ desk }) => desk.useDevice(),
  ({ desk }) => desk.confirm(questionOf(desk.state().task) ?? 'none'),
  ({ desk }) => desk.confirm('sign-in-1'),
  ({ desk }) => desk.openAgain(),
  ({ desk }) => desk.sendCode('MARKED-CODE'),
  ({ logins }) => logins.at(-1)?.turn(LOGIN_WAITS),
  ({ logins }) => logins.at(-1)?.end(LOGIN_DONE),
  ({ logins }) => logins[0]?.turn({ step: { at: 'checking' } }),
  ({ logins }) => logins.at(-1)?.end({ step: { at: 'failed', why: 'refused' } }),
  ({ signIns }) => signIns.at(-1)?.turn(SIGN_IN_WAITS),
  ({ signIns }) => signIns.at(-1)?.end({ step: { at: 'done', note: SIGNED_IN } }),
  ({ signIns }) => signIns[0]?.end({ step: { at: 'failed', why: { code: 'no-way-back' } } }),
  () => turn(),
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
        if (waits) await turn();
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
