import { describe, expect, test } from 'vitest';
import type { Fingerprint } from '../../core/secret.ts';
import { madeUpSignIn, SETUP_TOKEN, type SignInSeat } from '../../testing/played-sign-in-desk.ts';
import { questionAt, sayYes } from '../../testing/seated-sign-in.ts';
import type { SignInFunctions } from './sign-in-functions.ts';
import { isUnderWay, questionOf, type SignInTaskOf } from './sign-in-task.ts';

const WISH = { do: 'setup-token' } as const;
const OLD = 'fp-old' as Fingerprint;

async function begun(functions: Partial<SignInFunctions> = {}): Promise<SignInSeat> {
  const seat = madeUpSignIn({ functions });
  await seat.desk.start(WISH);
  return seat;
}
function taskOf({ desk }: SignInSeat): SignInTaskOf<'setup-token'> {
  const { task } = desk.state();
  if (task?.kind !== 'setup-token') throw new Error(task?.kind ?? 'nothing');
  return task;
}
const told = (seat: SignInSeat) => {
  const { at, opened, noted } = taskOf(seat);
  return [at, opened, noted?.ok ?? null];
};

describe('A token for scripts', () => {
  test('goes from the question over a terminal to the day, and what it changes is looked at.', async () => {
    const seat = await begun();
    expect(told(seat)).toEqual(['question', false, null]);
    expect(await sayYes(seat)).toBe('done');
    expect(told(seat)).toEqual(['made', true, null]);
    expect(seat.looks()).toBe(0);
    expect(await sayYes(seat)).toBe('done');
    expect(told(seat)).toEqual(['done', true, true]);
    expect(seat.asked).toEqual(['previewSetupToken', 'openSetupToken', 'noteSetupToken null']);
    expect(seat.looks()).toBe(1);
    expect(await sayYes(seat)).toBe('not-known');
  });

  test('needs each yes for itself: that of the first question is none to the second.', async () => {
    const seat = await begun();
    const first = questionAt(seat);
    expect(await seat.desk.confirm(`${first}-made`)).toBe('not-known');
    await seat.desk.confirm(first);
    expect(await seat.desk.confirm(first)).toBe('not-known');
    expect(seat.asked).toEqual(['previewSetupToken', 'openSetupToken']);
  });

  test.each<[string, Partial<SignInFunctions>, boolean]>([
    [
      'none is there',
      { previewSetupToken: () => Promise.resolve({ ...SETUP_TOKEN, hasTerminal: false }) },
      false,
    ],
    ['none opens', { openSetupToken: () => Promise.resolve('failed') }, true],
    ['opening it is a bug', { openSetupToken: () => Promise.reject(new Error('marked')) }, true],
  ])(
    'is for the user to type where %s, and the day is asked for all the same.',
    async (_, functions, asks) => {
      const seat = await begun(functions);
      if (asks) await sayYes(seat);
      expect(told(seat)).toEqual(['made', false, null]);
      expect(seat.desk.command()).toBe('/opt/claude setup-token');
      await sayYes(seat);
      expect(told(seat)).toEqual(['done', false, true]);
      expect(JSON.stringify(seat.desk.state())).not.toContain('marked');
    },
  );

  test.each<[string, Partial<SignInFunctions>]>([
    ['cannot be kept', { noteSetupToken: () => Promise.resolve({ ok: false }) }],
    ['is a bug', { noteSetupToken: () => Promise.reject(new Error('marked')) }],
  ])('asks again after a day that %s.', async (_, functions) => {
    const seat = await begun(functions);
    await sayYes(seat);
    await sayYes(seat);
    expect(told(seat)).toEqual(['made', true, false]);
    expect([questionOf(seat.desk.state().task), seat.looks()]).toEqual([`${taskOf(seat).id}-made`, 0]);
  });

  test('tells what was set before it was made.', async () => {
    const seat = await begun({ previewSetupToken: () => Promise.resolve({ ...SETUP_TOKEN, here: OLD }) });
    await sayYes(seat);
    await sayYes(seat);
    expect(seat.asked.at(-1)).toBe('noteSetupToken fp-old');
  });

  test('is left by whoever made none, and nothing is kept.', async () => {
    const seat = await begun();
    await sayYes(seat);
    expect(seat.desk.leave()).toBe('done');
    expect([seat.desk.state().task, seat.desk.command()]).toEqual([null, null]);
    expect(seat.asked).not.toContain('noteSetupToken null');
  });

  test('that waits for the user is shown again, not begun again; anything else may take its place.', async () => {
    const seat = await begun();
    await sayYes(seat);
    expect(await seat.desk.start(WISH)).toBe('under-way');
    expect(seat.asked.filter((one) => one === 'openSetupToken')).toHaveLength(1);
    await seat.desk.start({ do: 'log-out' });
    expect(seat.desk.state().task?.kind).toBe('log-out');
  });

  test('cannot be left or doubled while a terminal opens.', async () => {
    let open: (how: 'opened') => void = () => undefined;
    const seat = await begun({
      openSetupToken: () =>
        new Promise((resolve) => {
          open = resolve;
        }),
    });
    const said = sayYes(seat);
    expect([isUnderWay(seat.desk.state().task), seat.desk.leave()]).toEqual([true, 'busy']);
    expect(await seat.desk.start({ do: 'log-out' })).toBe('under-way');
    expect(await seat.desk.confirm(taskOf(seat).id)).toBe('not-known');
    open('opened');
    await said;
    expect(told(seat)).toEqual(['made', true, null]);
  });

  test.each(['no-claude', 'unsafe-claude'] as const)(
    'without a Claude Code (%s) says so.',
    async (obstacle) => {
      const seat = await begun({ previewSetupToken: () => Promise.resolve({ ok: false, obstacle }) });
      expect(seat.desk.state().task).toMatchObject({
        kind: 'obstacle',
        obstacle: { of: 'login', code: obstacle },
      });
    },
  );
});
