import { describe, expect, test } from 'vitest';
import { turn } from '../../../e2e/support/turn.ts';
import { KEY, type Given } from '../../testing/given.ts';
import { LOGIN_WAITS, madeUpSignIn } from '../../testing/played-sign-in-desk.ts';
import {
  kindOf,
  LOG_OUT,
  LOGIN,
  LOGIN_DONE,
  questionAt,
  sayYes,
  stepOf,
} from '../../testing/seated-sign-in.ts';
import { deskStateOf } from '../../testing/window-of.ts';
import type { Inspection } from '../inspect.ts';
import type { LogOutResult } from './sign-in-functions.ts';
import { isUnderWay } from './sign-in-task.ts';

const inspectionsOf = async (given: Given): Promise<readonly Inspection[]> =>
  (await deskStateOf(given)).look?.inspections ?? [];

describe('A login', () => {
  test('goes from the press to what is true afterwards, and looks again before it says so.', async () => {
    const seat = madeUpSignIn();
    await seat.desk.start(LOGIN);
    expect([kindOf(seat), stepOf(seat)]).toEqual(['login', 'starting']);
    seat.logins[0]?.turn(LOGIN_WAITS);
    expect(stepOf(seat)).toBe('waiting');
    seat.logins[0]?.end(LOGIN_DONE);
    // The end is not told before it has been looked at.
    expect(isUnderWay(seat.desk.state().task)).toBe(true);
    await turn();
    expect(seat.looks()).toBe(1);
    expect(seat.desk.state().task).toMatchObject({ kind: 'login', looked: true, state: LOGIN_DONE });
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
    await sayYes(seat);
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
    await turn();
    expect(seat.desk.sendCode('MARKED-CODE')).toBe('not-known');
    expect([seat.logins[0]?.pasted.length, seat.desk.address()]).toEqual([1, null]);
  });
});

describe('A log-out', () => {
  test('deletes nothing before it is confirmed, and once only however often that is pressed.', async () => {
    const seat = madeUpSignIn();
    await seat.desk.start(LOG_OUT);
    expect(seat.asked).toEqual(['previewLogOut']);
    const question = questionAt(seat);
    await Promise.all([seat.desk.confirm(question), seat.desk.confirm(question)]);
    expect(seat.asked).toEqual(['previewLogOut', 'logOut']);
    expect(seat.desk.state().task).toMatchObject({ kind: 'log-out', at: 'done' });
    expect(seat.looks()).toBe(1);
  });

  test.each<[string, () => Promise<LogOutResult>]>([
    ['says why', () => Promise.resolve({ ok: false, why: 'still-there' })],
    ['is a bug', () => Promise.reject(new Error('marked'))],
  ])(
    'that fails is told, and looked at all the same, since something may be gone: it %s.',
    async (_, logOut) => {
      const seat = madeUpSignIn({ functions: { logOut } });
      await seat.desk.start(LOG_OUT);
      expect(await sayYes(seat)).toBe('done');
      expect(seat.desk.state().task).toMatchObject({ kind: 'log-out', at: 'failed', result: { ok: false } });
      expect(JSON.stringify(seat.desk.state())).not.toContain('marked');
      expect(seat.looks()).toBe(1);
      expect(await seat.desk.confirm('sign-in-1')).toBe('not-known');
      expect(await seat.desk.retry()).toBe('done');
      expect(seat.desk.state().task).toMatchObject({ kind: 'log-out', at: 'question', result: null });
    },
  );
});
