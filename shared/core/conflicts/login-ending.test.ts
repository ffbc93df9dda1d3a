import { expect, test } from 'vitest';
import { conflictsGiven, KEY, remediesOf, type Given } from '../../testing/given.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';

const CODE = 'login-ending';
const DAY = 24 * 60 * 60 * 1000;
const ends = (days: number): { readonly refreshTokenExpiresAt: string } => ({
  refreshTokenExpiresAt: `$NOW_MS${days < 0 ? '' : '+'}${String(days * DAY)}`,
});

test('A login ends within three days, and no refresh moves the date.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { login: ends(2) });
  expect(found).toMatchObject({
    severity: 'warning',
    modes: ['interactive', 'print'],
    about: {
      source: 'claude-login',
      time: SOME_NOON + 2 * DAY,
      detail: 'ending-soon',
      origin: { kind: 'credentials-file' },
    },
  });
  expect(remediesOf(found)).toEqual(['log-in']);
  expect(more).toEqual([]);
});

test('It is said more quietly where something else is sent.', async () => {
  const found = await conflictsGiven(CODE, { login: ends(2), shell: KEY, answered: 'rejected' });
  expect(found.map(({ severity, modes }) => [severity, modes])).toEqual([
    ['warning', ['interactive']],
    ['info', ['print']],
  ]);
});

test.each<[string, Given]>([
  ['there are more than three days left', { login: ends(4) }],
  ['it has ended', { login: ends(-1) }],
  ['nobody knows when it ends', { login: true }],
  ['only the access token ends', { login: { expiresAt: '$NOW_MS+60000' } }],
  ['there is none', {}],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
