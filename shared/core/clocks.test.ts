import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SOME_NOON } from '../testing/fixed-clock.ts';
import { inspectGiven, worldOf, type Given } from '../testing/given.ts';
import { plainFingerprints } from '../testing/plain-fingerprints.ts';
import { worldPorts, type WorldOptions } from '../testing/worlds.ts';
import { gatherFacts } from '../usecases/gather/gather-facts.ts';
import type { Expiry, ExpiryKind } from './expiry.ts';
import { clocksOf, LOGIN_BAND } from './clocks.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

async function clock(
  kind: ExpiryKind,
  given: Given,
  options: WorldOptions = {},
): Promise<Expiry | undefined> {
  return clocksOf((await inspectGiven(given, options)).facts).find((expiry) => expiry.kind === kind);
}

const inMs = (milliseconds: number): string => `$NOW_MS${milliseconds < 0 ? '' : '+'}${String(milliseconds)}`;
const inS = (seconds: number): string => `$NOW_S${seconds < 0 ? '' : '+'}${String(seconds)}`;

describe('The login’s own clock', () => {
  test.each([
    [30 * DAY, 'fine'],
    [3 * DAY + 1, 'fine'],
    [3 * DAY, 'ending-soon'],
    [1, 'ending-soon'],
    [-1, 'ending-soon'],
    [-5 * MINUTE, 'ending-soon'],
    [-5 * MINUTE - 1, 'probably-ended'],
    [-30 * DAY, 'probably-ended'],
  ])('With %i ms left at most it is %s.', async (left, state) => {
    expect(await clock('login', { login: { refreshTokenExpiresAt: inMs(left) } })).toEqual({
      source: 'claude-login',
      kind: 'login',
      earliest: SOME_NOON + left - LOGIN_BAND,
      at: SOME_NOON + left,
      certainty: 'upper-bound',
      state,
    });
  });

  test('Without a date nobody knows.', async () => {
    expect(await clock('login', { login: true })).toMatchObject({
      at: null,
      certainty: 'unknown',
      state: 'unknown',
    });
  });

  test('An empty refresh token has ended, whatever the date.', async () => {
    const login = { refreshToken: '', refreshTokenExpiresAt: inMs(30 * DAY) };
    expect(await clock('login', { login })).toMatchObject({ at: null, certainty: 'exact', state: 'ended' });
  });

  test('Without a login there is no clock.', async () => {
    expect(clocksOf((await inspectGiven({})).facts)).toEqual([]);
  });
});

describe('The access token’s clock is quiet while it renews itself', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['ended, with a refresh token', { expiresAt: inMs(-DAY) }, 'renews-itself'],
    ['fresh, with one', { expiresAt: inMs(DAY) }, 'renews-itself'],
    ['fresh, without one', { expiresAt: inMs(DAY), refreshToken: null }, 'fine'],
    ['in its last hour', { expiresAt: inMs(60 * MINUTE), refreshToken: null }, 'ending-soon'],
    ['a little more than an hour', { expiresAt: inMs(60 * MINUTE + 1), refreshToken: null }, 'fine'],
    [
      'ended by the clock of another machine',
      { expiresAt: inMs(-5 * MINUTE), refreshToken: null },
      'ending-soon',
    ],
    ['ended', { expiresAt: inMs(-5 * MINUTE - 1), refreshToken: null }, 'ended'],
    ['ended, with an empty refresh token', { expiresAt: inMs(-DAY), refreshToken: '' }, 'ended'],
  ])('%s: %s', async (_, login, state) => {
    expect((await clock('access', { login }))?.state).toBe(state);
  });

  test('A date that is none draws no clock.', async () => {
    expect(await clock('access', { login: { expiresAt: 'soon' } })).toBeUndefined();
  });
});

describe('The clock of a sign-in to an organisation', () => {
  const HELPER = 'credence token --provider northwind';
  const note = (more: object = {}): object => ({
    provider: 'northwind',
    account: 'petra@northwind.example',
    signedInAt: SOME_NOON,
    accessEndsAt: SOME_NOON + 10 * MINUTE,
    renews: true,
    missingScopes: [],
    state: 'signed-in',
    trial: null,
    ...more,
  });
  const noted = (organisations: readonly unknown[]): Pick<Given, 'files'> => ({
    files: { '~/.config/credence/organisations.json': JSON.stringify({ schemaVersion: 1, organisations }) },
  });

  test.each<[string, object, object]>([
    ['is quiet while it renews itself', {}, { state: 'renews-itself', at: SOME_NOON + 10 * MINUTE }],
    [
      'stays so when the token has ended meanwhile',
      { accessEndsAt: SOME_NOON - DAY },
      { state: 'renews-itself' },
    ],
    ['has ended when somebody has to sign in', { state: 'needs-sign-in' }, { state: 'ended', at: null }],
    ['is that of the token where nothing renews it', { renews: false }, { state: 'ending-soon' }],
    ['has ended then with the token', { renews: false, accessEndsAt: SOME_NOON - DAY }, { state: 'ended' }],
    ['is not known where nobody tells', { renews: false, accessEndsAt: null }, { state: 'unknown' }],
  ])('%s.', async (_, more, expected) => {
    const given = { helper: HELPER, ...noted([note({ provider: 'other' }), note(more)]) };
    expect(await clock('organisation', given)).toMatchObject({ source: 'api-key-helper', ...expected });
  });

  test.each<[string, Given]>([
    ['that no helper prints', noted([note()])],
    [
      'that another helper than the one in force prints',
      { helper: { user: HELPER, local: 'other' }, ...noted([note()]) },
    ],
    ['of another provider', { helper: 'credence token --provider other', ...noted([note()]) }],
    ['that nobody has noted', { helper: HELPER }],
    ['in a note that is none', { helper: HELPER, files: { '~/.config/credence/organisations.json': '{' } }],
    ['with a date that is none', { helper: HELPER, ...noted([note({ signedInAt: 1e300 })]) }],
  ])('is not drawn for one %s.', async (_, given) => {
    expect(await clock('organisation', given)).toBeUndefined();
  });
});

describe('Other clocks', () => {
  const jwt = (left: number): string => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none' })}.${part({ exp: (SOME_NOON + left) / 1000 })}.x`;
  };

  test.each<[string, ExpiryKind, Given, string]>([
    [
      'an OAuth token’s is only known to its owner',
      'setup-token',
      { shell: { CLAUDE_CODE_OAUTH_TOKEN: 'a' } },
      'unknown',
    ],
    ['a JWT’s', 'token', { shell: { ANTHROPIC_AUTH_TOKEN: jwt(DAY) } }, 'fine'],
    ['a JWT’s that has ended', 'token', { user: { ANTHROPIC_AUTH_TOKEN: jwt(-DAY) } }, 'ended'],
    ['a profile’s', 'profile', { profile: 'named' }, 'ending-soon'],
    ['a profile’s that has ended', 'profile', { profile: 'ended' }, 'ending-soon'],
    ['a profile’s that renews itself', 'profile', { profile: 'renewable' }, 'renews-itself'],
    [
      'a session’s of AWS',
      'token',
      {
        shell: {
          CLAUDE_CODE_USE_BEDROCK: '1',
          AWS_CREDENTIAL_EXPIRATION: new Date(SOME_NOON + 90 * MINUTE).toISOString(),
        },
      },
      'fine',
    ],
  ])('%s', async (_, kind, given, state) => {
    expect((await clock(kind, given))?.state).toBe(state);
  });

  test.each<[string, ExpiryKind, Given]>([
    ['a token that is no JWT', 'token', { shell: { ANTHROPIC_AUTH_TOKEN: 'opaque' } }],
    ['an OAuth token that is empty', 'setup-token', { shell: { CLAUDE_CODE_OAUTH_TOKEN: '' } }],
    [
      'a session of AWS while no provider asks for it',
      'token',
      { shell: { AWS_CREDENTIAL_EXPIRATION: '2026-11-21T00:00:00Z' } },
    ],
    [
      'a date that is none',
      'token',
      { shell: { CLAUDE_CODE_USE_BEDROCK: '1', AWS_CREDENTIAL_EXPIRATION: 'soon' } },
    ],
    [
      'a profile that cannot be used',
      'profile',
      { profile: 'named', files: { '~/.config/anthropic/configs/work.json': '{' } },
    ],
  ])('None is drawn for %s.', async (_, kind, given) => {
    expect(await clock(kind, given)).toBeUndefined();
  });

  test('A Bedrock key’s is an upper bound.', async () => {
    const url = `bedrock.amazonaws.com/?X-Amz-Date=20261120T113000Z&X-Amz-Expires=7200`;
    const shell = { AWS_BEARER_TOKEN_BEDROCK: `bedrock-api-key-${Buffer.from(url).toString('base64')}` };
    expect(await clock('bedrock-key', { shell })).toMatchObject({
      at: SOME_NOON + 90 * MINUTE,
      certainty: 'upper-bound',
      state: 'fine',
    });
  });
});

test('A clock that is set back makes nothing end sooner, and no clock is later than its end.', async () => {
  const times = fc.integer({ min: -40 * DAY, max: 40 * DAY });
  const ended: readonly Expiry['state'][] = ['probably-ended', 'ended'];
  await fc.assert(
    fc.asyncProperty(times, times, fc.integer({ min: 0, max: 40 * DAY }), async (login, access, back) => {
      const given: Given = {
        login: { refreshTokenExpiresAt: inMs(login), expiresAt: inMs(access), refreshToken: null },
        profile: 'active',
        files: {
          '~/.config/anthropic/credentials/default.json': {
            access_token: 'a',
            expires_at: inS(Math.round(access / 1000)),
          },
        },
      };
      const { facts } = await inspectGiven(given);
      const now = clocksOf(facts);
      const before = clocksOf({ ...facts, takenAt: facts.takenAt - back });
      now.forEach(({ earliest, at }, index) => {
        const old = before[index];
        if (old !== undefined && ended.includes(old.state)) expect(ended).toContain(now[index]?.state);
        if (earliest !== null && at !== null) expect(earliest).toBeLessThanOrEqual(at);
      });
    }),
  );
});

describe('The year of a setup token', () => {
  const TOKEN = 'sk-ant-oat01-MADE-UP';
  const NOTE = '~/.config/credence/logins.json';
  const given = (note: unknown): Given => ({
    shell: { CLAUDE_CODE_OAUTH_TOKEN: TOKEN },
    files: { [NOTE]: note },
  });
  const note = (setupTokenMadeAt: unknown, more: object = {}): unknown => ({
    schemaVersion: 1,
    program: null,
    setupTokenMadeAt,
    ...more,
  });
  const TODAY = SOME_NOON - DAY / 2;

  test.each([
    [0, 'fine'],
    [349, 'fine'],
    [350, 'ending-soon'],
    [365, 'ending-soon'],
    [366, 'ending-soon'],
    [367, 'probably-ended'],
  ])('Made %i days ago it is %s.', async (days, state) => {
    const madeAt = TODAY - days * DAY;
    expect(await clock('setup-token', given(note(madeAt)))).toEqual({
      source: 'oauth-token',
      kind: 'setup-token',
      earliest: madeAt + 365 * DAY - DAY / 2,
      at: madeAt + 366.5 * DAY,
      certainty: 'upper-bound',
      state,
    });
  });

  test('The day is that of the token it was named for, and of no other.', async () => {
    const own = plainFingerprints().of(TOKEN);
    expect(await clock('setup-token', given(note(TODAY, { setupToken: own })))).toMatchObject({
      state: 'fine',
    });
    expect(await clock('setup-token', given(note(TODAY, { setupToken: 'another' })))).toMatchObject({
      at: null,
      state: 'unknown',
    });
  });

  test.each([
    ['no note', undefined],
    ['no JSON', '{'],
    ['another kind', '[]'],
    ['no day', note(null)],
    ['a text', note('2026-11-20')],
    ['a later kind', { ...(note(TODAY) as object), schemaVersion: 2 }],
  ])('With %s the end is not known.', async (_, text) => {
    const files = text === undefined ? {} : { [NOTE]: text };
    expect(await clock('setup-token', { ...given(null), files })).toMatchObject({
      at: null,
      state: 'unknown',
    });
  });

  test('Without such a token the note is not even looked for.', async () => {
    const asked: string[] = [];
    const { ports, request } = worldPorts(worldOf({ files: { [NOTE]: note(TODAY) } }));
    const files: typeof ports.files = {
      ...ports.files,
      read: (path, ...rest) => {
        asked.push(path);
        return ports.files.read(path, ...rest);
      },
    };
    expect((await gatherFacts({ ...ports, files }, request)).setupTokenMadeAt).toBeNull();
    expect(asked.filter((path) => path.includes('credence'))).toEqual([]);
    expect(asked.length).toBeGreaterThan(3);
  });
});
