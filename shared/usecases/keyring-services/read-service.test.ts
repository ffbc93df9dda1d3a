import { describe, expect, test } from 'vitest';
import type { KeyringAnswer } from '../../ports/keyring.ts';
import { fixedClock, SOME_NOON } from '../../testing/fixed-clock.ts';
import { manualScheduler } from '../../testing/manual-scheduler.ts';
import { memoryKeyring } from '../../testing/memory-keyring.ts';
import { readService, type ServiceDefinition, type ServiceResult } from './read-service.ts';

const ITEM = { service: 'Credence', account: 'made-up' };

/** A token with its end: `token@milliseconds`, renewable where it ends with `+`. */
const madeUp: ServiceDefinition<{ readonly endsAt: number; readonly renewable: boolean }> = {
  item: ITEM,
  parse: (raw) => {
    const parts = /^token@(\d+)(\+?)$/.exec(raw);
    return parts === null ? null : { endsAt: Number(parts[1]), renewable: parts[2] === '+' };
  },
  validate: ({ endsAt, renewable }, now) => {
    if (endsAt === 0) return { state: 'invalid' };
    return endsAt > now ? { state: 'valid' } : { state: 'expired', refreshable: renewable };
  },
};

function ports() {
  const clock = fixedClock();
  return { clock, scheduler: manualScheduler(clock) };
}

const answering = (answer: KeyringAnswer) => () => Promise.resolve(answer);
const found = (secret: string): KeyringAnswer => ({ state: 'found', secret });
const brief = (result: ServiceResult<unknown>): string => {
  if (result.ok) return 'ok';
  const { error } = result;
  if (error.code === 'TokenExpired') return `TokenExpired, ${error.refreshable ? 'refreshable' : 'for good'}`;
  return error.code === 'Unavailable' ? `Unavailable: ${error.why}` : error.code;
};

describe('What a read comes to', () => {
  const cases: readonly (readonly [string, KeyringAnswer, string])[] = [
    ['a token that holds', found(`token@${String(SOME_NOON + 1)}`), 'ok'],
    ['a token that ends this very moment', found(`token@${String(SOME_NOON)}+`), 'TokenExpired, refreshable'],
    ['a token that has ended for good', found('token@5'), 'TokenExpired, for good'],
    ['nothing there', { state: 'absent' }, 'NotFound'],
    ['an empty item', found(''), 'EmptyCredential'],
    ['blanks', found(' \r\n\t'), 'EmptyCredential'],
    ['another form', found('token'), 'InvalidSchema'],
    ['a line break behind it', found('token@5\n'), 'InvalidSchema'],
    ['the form, but no sense', found('token@0'), 'InvalidSchema'],
    ['a locked keychain', { state: 'locked' }, 'Unavailable: locked'],
    ['no keychain', { state: 'unreachable' }, 'Unavailable: unreachable'],
    ['a keychain that refuses', { state: 'denied' }, 'Unavailable: denied'],
    ['two items', { state: 'ambiguous' }, 'Unavailable: ambiguous'],
    ['half an item', { state: 'damaged' }, 'Unavailable: damaged'],
  ];

  test.each(cases)('%s', async (_, answer, expected) => {
    expect(brief(await readService(madeUp, answering(answer), ports()))).toBe(expected);
  });

  test('Its bytes are those that were read, also of what has expired.', async () => {
    const raw = 'token@7+';
    const result = await readService(madeUp, answering(found(raw)), ports());
    expect(result).toMatchObject({ ok: false, error: { code: 'TokenExpired', raw, value: { endsAt: 7 } } });
  });

  test('The time of the read is what counts.', async () => {
    const given = ports();
    const get = answering(found(`token@${String(SOME_NOON + 10)}`));
    expect(brief(await readService(madeUp, get, given))).toBe('ok');
    given.clock.advance(10);
    expect(brief(await readService(madeUp, get, given))).toBe('TokenExpired, for good');
  });
});

test('A keychain that never answers is a timeout, and leaves no timer behind.', async () => {
  const keyring = memoryKeyring();
  keyring.mood = 'frozen';
  const given = ports();
  const reading = readService(madeUp, keyring.get, given, 100);
  given.scheduler.pass(99);
  expect(given.scheduler.pending).toBe(1);
  given.scheduler.pass(1);
  expect(brief(await reading)).toBe('Timeout');
  expect(given.scheduler.pending).toBe(0);
});

test('An answer leaves no timer behind.', async () => {
  const given = ports();
  await readService(madeUp, answering({ state: 'absent' }), given);
  expect(given.scheduler.pending).toBe(0);
});
