import { describe, expect, test } from 'vitest';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { KEY, TOKEN, type Given } from '../../testing/given.ts';
import { deskStateOf } from '../../testing/window-of.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { changeNotice, type ChangeNotice } from './change-notice.ts';

const CALENDAR = { now: SOME_NOON, utcOffsetMinutes: 0 };
const ALL = { metered: true, 'winner-changed': true, 'login-ending': true };
const DAY = 86_400_000;
const LOGIN: Given = { login: true };
const METERED: Given = { login: true, user: KEY, answered: 'approved' };
const ENDING: Given = { login: { refreshTokenExpiresAt: `$NOW_MS+${String(2 * DAY)}` } };
const LATER: Given = { login: { refreshTokenExpiresAt: `$NOW_MS+${String(20 * DAY)}` } };

/** A trusted folder, in all modes. */
async function looked(given: Given): Promise<readonly Inspection[]> {
  return (await deskStateOf({ mode: 'interactive', ...given })).look?.inspections ?? [];
}

async function told(
  before: Given,
  after: Given,
  wanted: Partial<typeof ALL> = {},
): Promise<ChangeNotice | null> {
  return changeNotice(await looked(before), await looked(after), { ...ALL, ...wanted }, CALENDAR);
}

describe('A notification', () => {
  test.each<[string, Given, Given, Partial<typeof ALL>, ChangeNotice['kind'] | null]>([
    ['a key takes the place of a login', LOGIN, METERED, {}, 'metered'],
    ['a key is there where nothing was', {}, { user: KEY, answered: 'approved' }, {}, 'metered'],
    ['a key begins to count in print runs alone', LOGIN, { login: true, user: KEY }, {}, 'metered'],
    ['that is not to be told, another winner still is', LOGIN, METERED, { metered: false }, 'winner-changed'],
    ['a login comes back', METERED, LOGIN, {}, 'winner-changed'],
    ['a token takes its place', LOGIN, { login: true, user: TOKEN }, {}, 'winner-changed'],
    ['the same comes from elsewhere', { user: TOKEN }, { local: TOKEN }, {}, 'winner-changed'],
    ['a login is about to end', LATER, ENDING, {}, 'login-ending'],
    ['a login is there that is about to end', {}, ENDING, { 'winner-changed': false }, 'login-ending'],
    ['another winner is not to be told', METERED, LOGIN, { 'winner-changed': false }, null],
    ['the end of a login is not to be told', LATER, ENDING, { 'login-ending': false }, null],
    ['a login still is about to end', ENDING, ENDING, {}, null],
    ['nothing has changed', METERED, METERED, {}, null],
  ])('when %s.', async (_, before, after, wanted, kind) => {
    expect((await told(before, after, wanted))?.kind ?? null).toBe(kind);
  });

  test('says what is sent now and who pays.', async () => {
    expect(await told(LOGIN, METERED)).toEqual({
      kind: 'metered',
      title: 'Interactive sessions send the API key from ~/.claude/settings.json:1, not your Max login.',
      body: 'You pay per use, on top of Max.',
    });
    expect(await told(LATER, ENDING)).toMatchObject({
      title: 'Your Max login ends any day now, by 22 November.',
    });
  });

  test('is not given for bare runs, which never use a login.', async () => {
    const [before, metered] = [await looked(LOGIN), await looked(METERED)];
    const after = before.map((one, at) => (one.context.mode === 'bare' ? (metered[at] ?? one) : one));
    expect(after[2]?.pays).toBe('metered');
    expect(changeNotice(before, after, ALL, CALENDAR)).toBe(null);
  });

  test('is not given where the two looks have no mode in common, or there was none before.', async () => {
    const [print] = (await looked(METERED)).filter(({ context }) => context.mode === 'print');
    const interactive = (await looked(LOGIN)).filter(({ context }) => context.mode === 'interactive');
    expect(changeNotice(interactive, print === undefined ? [] : [print], ALL, CALENDAR)).toBe(null);
    expect(changeNotice([], await looked(METERED), ALL, CALENDAR)).toBe(null);
    expect(changeNotice(await looked(LOGIN), [], ALL, CALENDAR)).toBe(null);
  });
});
