import { expect, test } from 'vitest';
import { conflictsGiven, KEY, remediesOf, type Given } from '../../testing/given.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';

const CODE = 'login-ended';
const DAY = 24 * 60 * 60 * 1000;

test('The last day of a login has passed.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, {
    login: { refreshTokenExpiresAt: `$NOW_MS-${String(DAY)}` },
  });
  expect(found).toMatchObject({
    severity: 'critical',
    modes: ['interactive', 'print'],
    about: {
      source: 'claude-login',
      time: SOME_NOON - DAY,
      detail: 'probably-ended',
      origin: { kind: 'credentials-file' },
    },
  });
  expect(remediesOf(found)).toEqual(['log-in']);
  expect(more).toEqual([]);
});

test('A refresh was refused: the refresh token is empty.', async () => {
  const [found] = await conflictsGiven(CODE, { login: { refreshToken: '' } });
  expect(found).toMatchObject({ severity: 'critical', about: { detail: 'ended' } });
  expect(found?.about.time).toBeUndefined();
});

test('It is said more quietly where something else is sent.', async () => {
  const [found] = await conflictsGiven(CODE, {
    login: { refreshToken: '' },
    shell: KEY,
    answered: 'approved',
  });
  expect(found).toMatchObject({ severity: 'info', modes: ['interactive', 'print'] });
});

test.each<[string, Given]>([
  ['it ends soon', { login: { refreshTokenExpiresAt: '$NOW_MS+60000' } }],
  ['a clock may be a minute off', { login: { refreshTokenExpiresAt: '$NOW_MS-60000' } }],
  ['nobody knows when it ends', { login: true }],
  ['only the access token has ended', { login: { expiresAt: '$NOW_MS-60000' } }],
  ['only the remains of it are left', { login: { accessToken: '', refreshToken: '' } }],
  ['there is none', {}],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
