import { describe, expect, test } from 'vitest';
import { parseOrganisationNotes } from '../../core/sign-in/organisation-notes.ts';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { Oidc, OidcTokens } from '../../ports/oidc.ts';
import type { OwnNoteName } from '../../ports/own-notes.ts';
import { fixedClock, SOME_NOON } from '../../testing/fixed-clock.ts';
import { manualScheduler } from '../../testing/manual-scheduler.ts';
import { memoryKeyring, type MemoryKeyringMood } from '../../testing/memory-keyring.ts';
import { memoryLocks } from '../../testing/memory-locks.ts';
import { memoryNotes } from '../../testing/memory-notes.ts';
import { madeUpTokens, memoryOidc, oidcFailure } from '../../testing/memory-oidc.ts';
import {
  needsSignIn,
  organisationItem,
  organisationToken,
  organisationTokenBytes,
  tokenOf,
  type OrganisationToken,
} from '../keyring-services/organisation-token.ts';
import { organisationTokens } from './kept-organisation-tokens.ts';
import type { FreshAnswer, OrganisationTokens } from './organisation-tokens.ts';

const PROVIDER: OidcProvider = {
  name: 'northwind',
  issuer: 'https://login.northwind.example',
  clientId: 'credence',
  scopes: ['openid', 'models'],
  resource: null,
  redirectPath: '/callback',
  deviceFlow: false,
  baseUrl: null,
  header: 'both',
  from: 'user',
};
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function sit({
  locks = 'free',
  notes = {},
  oidc = {},
}: {
  readonly locks?: 'free' | 'busy' | 'unavailable';
  readonly notes?: Partial<Record<OwnNoteName, string>>;
  readonly oidc?: Partial<Oidc>;
} = {}) {
  const clock = fixedClock();
  const scheduler = manualScheduler(clock);
  const keyring = memoryKeyring();
  const calls: string[] = [];
  const usual = memoryOidc();
  const given = { ...usual, ...oidc };
  const own = memoryNotes(notes);
  let lockState = locks;
  const tokens = organisationTokens({
    clock,
    scheduler,
    keyring,
    notes: own,
    locks: { alone: (...all) => (lockState === 'free' ? held : memoryLocks(lockState)).alone(...all) },
    oidc: {
      refresh: (provider, token) => {
        calls.push(`refresh ${token}`);
        return given.refresh(provider, token);
      },
      revoke: (provider, token, kind) => {
        calls.push(`revoke ${kind} ${token} at ${provider.issuer}`);
        return given.revoke(provider, token, kind);
      },
    },
  });
  return {
    clock,
    keyring,
    calls,
    notes: own,
    tokens,
    setLocks: (state: typeof lockState) => {
      lockState = state;
    },
    /** As long as timers are to come, time passes. */
    settle: async <T>(promise: Promise<T>): Promise<T> => {
      const state = { isOver: false };
      void promise.finally(() => {
        state.isOver = true;
      });
      for (let left = 5_000; left > 0 && !state.isOver; left--) {
        await Promise.resolve();
        if (left % 50 === 0 && scheduler.pending > 0) scheduler.pass(1_000);
      }
      return promise;
    },
    kept: async (): Promise<OrganisationToken | null> => {
      const mood = keyring.mood;
      keyring.mood = 'usual';
      const answer = await keyring.get(organisationItem(PROVIDER.name));
      keyring.mood = mood;
      return answer.state === 'found' ? organisationToken(PROVIDER.name).parse(answer.secret) : null;
    },
  };
}
const held = memoryLocks();

type Seat = ReturnType<typeof sit>;

async function signedIn(
  more: Partial<OidcTokens> = {},
  options: Parameters<typeof sit>[0] = {},
): Promise<Seat> {
  const seat = sit(options);
  expect(await seat.tokens.keep(PROVIDER, madeUpTokens(1, more))).toMatchObject({ ok: true });
  return seat;
}

const failure = (code: OidcFailure['code'], more: Partial<OidcFailure> = {}): Partial<Oidc> => ({
  refresh: () => Promise.resolve({ ok: false, failure: { code, status: null, retryAfter: null, ...more } }),
});
const tokenIn = (answer: FreshAnswer): string => (answer.ok ? answer.accessToken : answer.why.code);

describe('After a sign-in', () => {
  test('the token is handed out from the keychain, without a lock, a note or the network.', async () => {
    const { tokens, calls, keyring, setLocks, notes } = await signedIn();
    setLocks('unavailable');
    const before = keyring.calls.length;
    const answer = await tokens.fresh(PROVIDER);
    expect(tokenIn(answer)).toBe('made-up-access-1');
    expect([calls, keyring.calls.slice(before)]).toEqual([[], ['get organisation:northwind']]);
    expect(notes.texts.organisations).not.toContain('made-up-access');
  });

  test('it is noted who is signed in, until when, and nothing secret.', async () => {
    const { tokens, notes } = await signedIn({ scopes: ['openid'] });
    expect(tokens.known()).toEqual([
      {
        provider: 'northwind',
        account: 'petra@northwind.example',
        signedInAt: SOME_NOON,
        accessEndsAt: SOME_NOON + HOUR,
        renews: true,
        missingScopes: ['models'],
        state: 'signed-in',
        trial: null,
      },
    ]);
    expect(JSON.stringify(notes.texts)).not.toContain('made-up');
  });

  test('a second sign-in takes the place of the first, and the refusal of the first is forgotten.', async () => {
    const { tokens, clock } = await signedIn({}, { oidc: failure('invalid-grant') });
    clock.advance(2 * HOUR);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('needs-sign-in');
    await tokens.keep(PROVIDER, madeUpTokens(7));
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-7');
    expect(tokens.known()).toMatchObject([{ state: 'signed-in' }]);
  });

  test.each([
    ['issuer', { issuer: 'https://elsewhere.example' }],
    ['client', { clientId: 'other' }],
    ['resource', { resource: 'https://gateway.northwind.example' }],
  ])(
    'another %s under the same name gets none of it, and it is good again once that is put back.',
    async (_, changed) => {
      const { tokens, calls, clock } = await signedIn();
      const anew = { ...PROVIDER, ...changed };
      expect(tokenIn(await tokens.fresh(anew))).toBe('entry-changed');
      expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
      clock.advance(2 * HOUR);
      expect(tokenIn(await tokens.fresh(anew))).toBe('entry-changed');
      expect(calls).toEqual([]);
      expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-2');
    },
  );
});

describe('When the keychain does not keep a sign-in', () => {
  test.each([
    ['locked', 'locked'],
    ['denied', 'denied'],
    ['unreachable', 'no-keychain'],
    ['frozen', 'no-keychain'],
    ['lying', 'damaged'],
    ['truncating', 'damaged'],
    ['error-after-storing', 'no-keychain'],
  ] as const)('as it is %s, that is said, and nobody is noted as signed in.', async (mood, why) => {
    const { tokens, keyring, settle } = sit();
    keyring.mood = mood;
    expect(await settle(tokens.keep(PROVIDER, madeUpTokens(1)))).toEqual({ ok: false, why });
    expect(tokens.known()).toEqual([]);
  });

  test('what was kept before stays as it was.', async () => {
    const { tokens, keyring } = await signedIn();
    keyring.mood = 'locked';
    expect(await tokens.keep(PROVIDER, madeUpTokens(2, { account: 'other' }))).toEqual({
      ok: false,
      why: 'locked',
    });
    keyring.mood = 'usual';
    expect(tokens.known()).toMatchObject([{ account: 'petra@northwind.example' }]);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
  });

  test.each(['busy', 'unavailable'] as const)('as the lock is %s, nothing is stored.', async (locks) => {
    const { tokens, keyring } = sit({ locks });
    expect(await tokens.keep(PROVIDER, madeUpTokens(1))).toEqual({ ok: false, why: 'busy' });
    expect(keyring.items()).toEqual([]);
  });
});

describe('Near its end', () => {
  test('it is renewed, stored, and only then handed out.', async () => {
    const { tokens, clock, calls, kept } = await signedIn();
    clock.advance(56 * MINUTE);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-2');
    expect(await kept()).toMatchObject({
      accessToken: 'made-up-access-2',
      refreshToken: 'made-up-refresh-2',
    });
    expect(calls).toEqual(['refresh made-up-refresh-1']);
    expect(tokens.known()).toMatchObject([{ accessEndsAt: SOME_NOON + 56 * MINUTE + HOUR }]);
  });

  test('it is handed out at once while another process is at it.', async () => {
    const { tokens, clock, calls, setLocks } = await signedIn();
    clock.advance(56 * MINUTE);
    setLocks('busy');
    expect([tokenIn(await tokens.fresh(PROVIDER)), calls]).toEqual(['made-up-access-1', []]);
  });

  test('it is handed out without waiting for who is at it.', async () => {
    const { tokens, clock } = await signedIn();
    clock.advance(56 * MINUTE);
    let answer = '';
    await held.alone('organisation-northwind', 0, async () => {
      answer = tokenIn(await tokens.fresh(PROVIDER));
    });
    expect(answer).toBe('made-up-access-1');
  });

  test.each([
    'try-later',
    'no-connection',
    'timed-out',
    'bad-answer',
    'invalid-grant',
    'refused',
    'bad-client',
  ] as const)('it is handed out although the provider says %s, and stays kept.', async (code) => {
    const { tokens, clock, kept } = await signedIn({}, { oidc: failure(code) });
    clock.advance(56 * MINUTE);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
    expect(await kept()).toMatchObject({
      accessToken: 'made-up-access-1',
      refreshToken: 'made-up-refresh-1',
    });
  });

  test('the provider is not asked again right after it has failed, and half a minute later it is.', async () => {
    const { tokens, clock, calls } = await signedIn({}, { oidc: failure('try-later') });
    clock.advance(56 * MINUTE);
    await tokens.fresh(PROVIDER);
    clock.advance(29_000);
    await tokens.fresh(PROVIDER);
    expect(calls).toHaveLength(1);
    clock.advance(1_000);
    await tokens.fresh(PROVIDER);
    expect(calls).toHaveLength(2);
  });
});

describe('After its end', () => {
  test.each([
    ['try-later', 'not-renewed'],
    ['no-connection', 'not-renewed'],
    ['connection-lost', 'not-renewed'],
    ['timed-out', 'not-renewed'],
    ['bad-answer', 'not-renewed'],
    ['bad-client', 'not-renewed'],
    ['refused', 'not-renewed'],
    ['denied', 'not-renewed'],
    ['invalid-grant', 'needs-sign-in'],
  ] as const)('and with %s from the provider: %s. What is kept is not lost.', async (code, why) => {
    const { tokens, clock, kept } = await signedIn({}, { oidc: failure(code) });
    clock.advance(2 * HOUR);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe(why);
    const token = await kept();
    expect(token).toMatchObject({ accessToken: 'made-up-access-1', refreshToken: 'made-up-refresh-1' });
    expect(token === null ? null : needsSignIn(token)).toBe(why === 'needs-sign-in');
    expect(tokens.known()).toMatchObject([
      { state: why === 'needs-sign-in' ? 'needs-sign-in' : 'signed-in' },
    ]);
  });

  test('and once refused, the provider is not asked about that token again.', async () => {
    const { tokens, clock, calls } = await signedIn({}, { oidc: failure('invalid-grant') });
    clock.advance(2 * HOUR);
    for (let left = 3; left > 0; left--) expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('needs-sign-in');
    expect(calls).toHaveLength(1);
  });

  test('and after a failure it works again as soon as the provider does.', async () => {
    let isDown = true;
    const usual = memoryOidc();
    const { tokens, clock } = await signedIn(
      {},
      {
        oidc: {
          refresh: (...given) =>
            isDown ? Promise.resolve(oidcFailure('try-later', 503)) : usual.refresh(...given),
        },
      },
    );
    clock.advance(2 * HOUR);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('not-renewed');
    isDown = false;
    clock.advance(1);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-2');
    expect(tokens.known()).toMatchObject([{ trial: null }]);
  });

  test.each([
    [7, 6_000, 1],
    [7, 8_000, 2],
    [86_400, 299_000, 1],
    [86_400, 301_000, 2],
  ])(
    'a server that wants to be left alone for %i s is, up to five minutes: %i ms later.',
    async (retryAfter, later, asked) => {
      const { tokens, clock, calls } = await signedIn(
        {},
        { oidc: failure('try-later', { status: 429, retryAfter }) },
      );
      clock.advance(2 * HOUR);
      await tokens.fresh(PROVIDER);
      clock.advance(later);
      expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('not-renewed');
      expect(calls).toHaveLength(asked);
    },
  );

  test.each([
    ['busy', 'busy'],
    ['unavailable', 'no-lock'],
  ] as const)('and where the lock is %s, the provider is not asked.', async (locks, why) => {
    const { tokens, clock, calls, setLocks } = await signedIn();
    clock.advance(2 * HOUR);
    setLocks(locks);
    expect([tokenIn(await tokens.fresh(PROVIDER)), calls]).toEqual([why, []]);
  });

  test('and a failure that seems to be of tomorrow, as the clock was set back, keeps nobody from asking.', async () => {
    const { tokens, clock, calls } = await signedIn({}, { oidc: failure('try-later', { retryAfter: 300 }) });
    clock.advance(2 * HOUR);
    await tokens.fresh(PROVIDER);
    clock.set(-24 * HOUR);
    await tokens.fresh(PROVIDER);
    expect(calls).toHaveLength(2);
  });

  test('and without a refresh token, somebody has to sign in, though not before clocks may differ.', async () => {
    const { tokens, clock, calls } = await signedIn({ refreshToken: null });
    clock.advance(HOUR + 4 * MINUTE);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
    clock.advance(MINUTE);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('needs-sign-in');
    expect(calls).toEqual([]);
  });
});

describe('A token of unknown life', () => {
  test('is handed out, renewed each half hour, and never taken for ended.', async () => {
    const { tokens, clock, calls } = await signedIn({ expiresIn: null });
    clock.advance(29 * MINUTE);
    expect([tokenIn(await tokens.fresh(PROVIDER)), calls.length]).toEqual(['made-up-access-1', 0]);
    clock.advance(MINUTE);
    expect([tokenIn(await tokens.fresh(PROVIDER)), calls.length]).toEqual(['made-up-access-2', 1]);
  });

  test('without a refresh token is handed out for ever.', async () => {
    const { tokens, clock } = await signedIn({ expiresIn: null, refreshToken: null });
    clock.advance(1_000 * HOUR);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
  });

  test('needs a sign-in when its refresh token is refused: else nobody would ever be told.', async () => {
    const { tokens, clock } = await signedIn({ expiresIn: null }, { oidc: failure('invalid-grant') });
    clock.advance(HOUR);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('needs-sign-in');
  });
});

describe('When the keychain fails', () => {
  test.each([
    ['locked', 'locked'],
    ['denied', 'denied'],
    ['unreachable', 'no-keychain'],
    ['frozen', 'no-keychain'],
    ['ambiguous', 'damaged'],
    ['damaged', 'damaged'],
  ] as const)('as it is %s, that is said, and the provider is not asked.', async (mood, trouble) => {
    const { tokens, clock, keyring, calls, settle, kept } = await signedIn();
    clock.advance(2 * HOUR);
    keyring.mood = mood;
    expect(await settle(tokens.fresh(PROVIDER))).toEqual({ ok: false, why: { code: 'keychain', trouble } });
    expect(calls).toEqual([]);
    expect(await kept()).toMatchObject({ refreshToken: 'made-up-refresh-1' });
  });

  test('before the refresh token is spent, it stays unspent.', async () => {
    const { tokens, clock, keyring, calls, settle } = await signedIn();
    clock.advance(2 * HOUR);
    const { set } = keyring;
    keyring.set = () => Promise.resolve({ state: 'locked' });
    expect(await settle(tokens.fresh(PROVIDER))).toEqual({
      ok: false,
      why: { code: 'keychain', trouble: 'locked' },
    });
    expect(calls).toEqual([]);
    keyring.set = set;
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-2');
  });

  test('for a moment after that, it is tried again, and nothing is lost.', async () => {
    const moods: MemoryKeyringMood[] = ['unreachable', 'damaged', 'frozen'];
    const seat = await signedInThenMoods(moods);
    expect(tokenIn(await seat.settle(seat.tokens.fresh(PROVIDER)))).toBe('made-up-access-2');
    expect(await seat.kept()).toMatchObject({ refreshToken: 'made-up-refresh-2' });
  });

  test('for good after that, the new token is not used.', async () => {
    const moods: MemoryKeyringMood[] = Array.from({ length: 9 }, () => 'unreachable');
    const seat = await signedInThenMoods(moods);
    expect(await seat.settle(seat.tokens.fresh(PROVIDER))).toEqual({
      ok: false,
      why: { code: 'not-kept', trouble: 'no-keychain' },
    });
    expect(await seat.kept()).toMatchObject({ refreshToken: 'made-up-refresh-1' });
  });
});

/** From the answer of the provider on, each write to the keychain meets the next of these. */
async function signedInThenMoods(moods: MemoryKeyringMood[]): Promise<Seat> {
  const usual = memoryOidc();
  let hasAnswered = false;
  const seat = await signedIn(
    {},
    {
      oidc: {
        refresh: (...given) => {
          hasAnswered = true;
          return usual.refresh(...given);
        },
      },
    },
  );
  const { set } = seat.keyring;
  seat.keyring.set = (...given) => {
    seat.keyring.mood = (hasAnswered ? moods.shift() : undefined) ?? 'usual';
    const written = set(...given);
    seat.keyring.mood = 'usual';
    return written;
  };
  seat.clock.advance(2 * HOUR);
  return seat;
}

test('A sign-in to another issuer under the same name, while this one waited, is not renewed for the old one.', async () => {
  const { tokens, clock, calls, settle, keyring } = await signedIn();
  clock.advance(2 * HOUR);
  const other = { ...PROVIDER, issuer: 'https://elsewhere.example' };
  const theirs = tokenOf(madeUpTokens(5, { expiresIn: 1 }), null, other, {
    at: clock.now() - HOUR,
    uptime: { boot: null, milliseconds: 0 },
  });
  const asked: Promise<FreshAnswer>[] = [];
  const waiting = held.alone('organisation-northwind', 0, async () => {
    asked.push(tokens.fresh(PROVIDER));
    // It has read what is kept, and waits for the lock.
    for (let turns = 50; turns > 0; turns--) await Promise.resolve();
    await keyring.set(organisationItem(PROVIDER.name), organisationTokenBytes(theirs));
  });
  await settle(waiting);
  expect((await settle(Promise.all(asked))).map(tokenIn)).toEqual(['entry-changed']);
  expect(calls).toEqual([]);
});

test('A refusal of a token that is not kept any more is not held against the one that is.', async () => {
  const seat = await signedIn(
    {},
    {
      oidc: {
        refresh: async () => {
          await stranger();
          return oidcFailure('invalid-grant', 400);
        },
      },
    },
  );
  // Another machine with the same home, which knows nothing of this one’s lock.
  const stranger = async (): Promise<void> => {
    const other = organisationTokens({
      ...seat,
      scheduler: manualScheduler(seat.clock),
      locks: memoryLocks(),
      oidc: memoryOidc(),
    });
    await other.keep(PROVIDER, madeUpTokens(5));
  };
  seat.clock.advance(2 * HOUR);
  expect(tokenIn(await seat.tokens.fresh(PROVIDER))).toBe('made-up-access-5');
  expect(await seat.kept()).toMatchObject({ refreshToken: 'made-up-refresh-5', refused: null });
});

describe('The note', () => {
  test('of a sign-in that never came about goes when its token is asked for.', async () => {
    const before = await signedIn();
    const { tokens, notes } = sit({ notes: before.notes.texts });
    expect(tokens.known()).toHaveLength(1);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('not-signed-in');
    expect([tokens.known(), parseOrganisationNotes(notes.texts.organisations ?? null)]).toEqual([[], []]);
  });

  test.each(['', '{', '[]', '{"schemaVersion":2,"organisations":[]}', 'null'])(
    'that is not one (%j) tells nothing, and is rebuilt by the next renewal.',
    async (text) => {
      const { tokens, notes, clock } = await signedIn();
      notes.write('organisations', text);
      expect(tokens.known()).toEqual([]);
      expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
      clock.advance(2 * HOUR);
      await tokens.fresh(PROVIDER);
      expect(tokens.known()).toMatchObject([{ provider: 'northwind', state: 'signed-in' }]);
    },
  );

  test('of one provider does not touch those of others.', async () => {
    const { tokens } = await signedIn();
    const other = { ...PROVIDER, name: 'contoso', issuer: 'https://id.contoso.example' };
    await tokens.keep(other, madeUpTokens(3));
    expect(tokens.known().map(({ provider }) => provider)).toEqual(['northwind', 'contoso']);
    await tokens.signOut(PROVIDER, false);
    expect(tokens.known().map(({ provider }) => provider)).toEqual(['contoso']);
    expect(tokenIn(await tokens.fresh(other))).toBe('made-up-access-3');
  });
});

describe('Signing out', () => {
  const AT = 'at https://login.northwind.example';

  test('revokes the refresh token, then the access token, and then deletes.', async () => {
    const { tokens, calls, keyring } = await signedIn();
    expect(await tokens.signOut(PROVIDER, false)).toEqual({ ok: true, revoked: 'revoked' });
    expect(calls).toEqual([`revoke refresh made-up-refresh-1 ${AT}`, `revoke access made-up-access-1 ${AT}`]);
    expect([keyring.items(), tokens.known()]).toEqual([[], []]);
    expect(await tokens.signOut(PROVIDER, false)).toEqual({ ok: false, why: { code: 'not-signed-in' } });
  });

  test('goes to whoever gave the token, though the provider is configured anew.', async () => {
    const { tokens, calls } = await signedIn();
    await tokens.signOut({ ...PROVIDER, issuer: 'https://elsewhere.example' }, false);
    expect(calls[0]).toBe(`revoke refresh made-up-refresh-1 ${AT}`);
  });

  const none = (code: OidcFailure['code']): Partial<Oidc> => ({
    revoke: () => Promise.resolve(oidcFailure(code, 503)),
  });

  test.each(['no-connection', 'try-later', 'timed-out', 'refused', 'bad-client'] as const)(
    'without success (%s) deletes nothing unless it is to, and says what became of it.',
    async (code) => {
      const { tokens, kept } = await signedIn({}, { oidc: none(code) });
      expect(await tokens.signOut(PROVIDER, false)).toMatchObject({
        ok: false,
        why: { code: 'not-revoked', failure: { code } },
      });
      expect([(await kept())?.refreshToken, tokens.known().length]).toEqual(['made-up-refresh-1', 1]);
      expect(await tokens.signOut(PROVIDER, true)).toEqual({ ok: true, revoked: 'failed' });
      expect([await kept(), tokens.known()]).toEqual([null, []]);
    },
  );

  test('where the provider has no such endpoint says so, and deletes.', async () => {
    const oidc = { revoke: () => Promise.resolve({ ok: true, value: 'not-offered' } as const) };
    const { tokens, kept } = await signedIn({}, { oidc });
    expect(await tokens.signOut(PROVIDER, false)).toEqual({ ok: true, revoked: 'not-offered' });
    expect(await kept()).toBe(null);
  });

  test('where only refresh tokens can be revoked is done with that.', async () => {
    const oidc: Partial<Oidc> = {
      revoke: (_, __, kind) =>
        Promise.resolve(kind === 'access' ? oidcFailure('refused', 400) : { ok: true, value: 'revoked' }),
    };
    const { tokens } = await signedIn({}, { oidc });
    expect(await tokens.signOut(PROVIDER, false)).toEqual({ ok: true, revoked: 'revoked' });
  });

  test.each(['locked', 'unreachable', 'denied'] as const)(
    'with a keychain that is %s tells nobody and deletes nothing, not even anyway.',
    async (mood) => {
      const { tokens, keyring, calls, kept } = await signedIn();
      keyring.mood = mood;
      expect(await tokens.signOut(PROVIDER, true)).toMatchObject({ ok: false, why: { code: 'keychain' } });
      expect(calls).toEqual([]);
      expect([await kept(), tokens.known()]).toMatchObject([{ refreshToken: 'made-up-refresh-1' }, [{}]]);
    },
  );

  test('of what is not whole deletes it only anyway.', async () => {
    const { tokens, keyring } = await signedIn();
    await keyring.set(organisationItem('northwind'), 'nonsense');
    expect(await tokens.signOut(PROVIDER, false)).toEqual({
      ok: false,
      why: { code: 'keychain', trouble: 'damaged' },
    });
    expect(await tokens.signOut(PROVIDER, true)).toEqual({ ok: true, revoked: 'nothing-to-revoke' });
    expect([keyring.items(), tokens.known()]).toEqual([[], []]);
  });

  test.each(['busy', 'unavailable'] as const)('while the lock is %s does nothing.', async (locks) => {
    const { tokens, calls, setLocks } = await signedIn();
    setLocks(locks);
    expect([await tokens.signOut(PROVIDER, true), calls]).toEqual([{ ok: false, why: { code: 'busy' } }, []]);
  });
});

test('No answer but the token itself has anything secret in it.', async () => {
  const seat = await signedIn({}, { oidc: failure('invalid-grant') });
  const { tokens, clock, notes } = seat;
  const said: unknown[] = [tokens.known()];
  clock.advance(2 * HOUR);
  const all: readonly ((tokens: OrganisationTokens) => Promise<unknown>)[] = [
    (own) => own.fresh(PROVIDER),
    (own) => own.keep(PROVIDER, madeUpTokens(2)),
    (own) => own.signOut(PROVIDER, false),
  ];
  for (const run of all) said.push(await run(tokens), tokens.known(), { ...notes.texts });
  expect(JSON.stringify(said)).not.toMatch(/made-up-(access|refresh)/);
});
