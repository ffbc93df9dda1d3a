import type { OidcFailure } from '../core/sign-in/oidc-failure.ts';
import type { Oidc, OidcTokens } from '../ports/oidc.ts';
import type { OwnNoteName, OwnNotes } from '../ports/own-notes.ts';
import {
  organisationItem,
  organisationToken,
  type OrganisationToken,
} from '../usecases/keyring-services/organisation-token.ts';
import { organisationTokens } from '../usecases/sign-in/kept-organisation-tokens.ts';
import type { FreshAnswer, OrganisationTokens } from '../usecases/sign-in/organisation-tokens.ts';
import { fixedClock, type FixedClock } from './fixed-clock.ts';
import { manualScheduler } from './manual-scheduler.ts';
import { memoryKeyring, type MemoryKeyring } from './memory-keyring.ts';
import { memoryLocks } from './memory-locks.ts';
import { memoryNotes } from './memory-notes.ts';
import { madeUpTokens, memoryOidc } from './memory-oidc.ts';
import { northwind } from './northwind.ts';

/** Whose tokens are kept; its `models` are not always granted. */
export const PROVIDER = northwind({ scopes: ['openid', 'models'] });
/** Milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** Under which its tokens are renewed. */
export const TOKEN_LOCK = `organisation-${PROVIDER.name}`;

export interface TokenSeatOptions {
  readonly locks?: 'free' | 'busy' | 'unavailable';
  readonly notes?: Partial<Record<OwnNoteName, string>>;
  readonly oidc?: Partial<Oidc>;
}

/** The tokens of organisations among doubles, on a machine where time stands still. */
export interface TokenSeat {
  readonly tokens: OrganisationTokens;
  readonly clock: FixedClock;
  readonly keyring: MemoryKeyring;
  readonly notes: OwnNotes & { readonly texts: Partial<Record<OwnNoteName, string>> };
  /** What the provider was asked, in words. */
  readonly calls: readonly string[];
  readonly setLocks: (state: 'free' | 'busy' | 'unavailable') => void;
  /** Has the provider’s lock while this runs, as another process would. */
  readonly withLockTaken: (run: () => Promise<void>) => Promise<unknown>;
  /** As long as timers are to come, time passes. */
  readonly settle: <T>(promise: Promise<T>) => Promise<T>;
  /** What the keychain holds, whatever state that is in. */
  readonly kept: () => Promise<OrganisationToken | null>;
}

export function tokenSeat({ locks = 'free', notes = {}, oidc = {} }: TokenSeatOptions = {}): TokenSeat {
  const clock = fixedClock();
  const scheduler = manualScheduler(clock);
  const keyring = memoryKeyring();
  const calls: string[] = [];
  const given = { ...memoryOidc(), ...oidc };
  const own = memoryNotes(notes);
  const free = memoryLocks();
  let lockState = locks;
  const tokens = organisationTokens({
    clock,
    scheduler,
    keyring,
    notes: own,
    locks: { alone: (...all) => (lockState === 'free' ? free : memoryLocks(lockState)).alone(...all) },
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
    tokens,
    clock,
    keyring,
    notes: own,
    calls,
    setLocks: (state) => {
      lockState = state;
    },
    withLockTaken: (run) => free.alone(TOKEN_LOCK, 0, run),
    settle: async (promise) => {
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
    kept: async () => {
      const { mood } = keyring;
      keyring.mood = 'usual';
      const answer = await keyring.get(organisationItem(PROVIDER.name));
      keyring.mood = mood;
      return answer.state === 'found' ? organisationToken(PROVIDER.name).parse(answer.secret) : null;
    },
  };
}

/** The same after a sign-in. @throws {Error} when that was not kept */
export async function signedInSeat(
  options: TokenSeatOptions = {},
  tokens: Partial<OidcTokens> = {},
): Promise<TokenSeat> {
  const seat = tokenSeat(options);
  const kept = await seat.tokens.keep(PROVIDER, madeUpTokens(1, tokens));
  if (!kept.ok) throw new Error(`not kept: ${kept.why}`);
  return seat;
}

/** A provider that answers every refresh token with this. */
export function refusing(code: OidcFailure['code'], more: Partial<OidcFailure> = {}): TokenSeatOptions {
  const failure = { code, status: null, retryAfter: null, ...more };
  return { oidc: { refresh: () => Promise.resolve({ ok: false, failure }) } };
}

/** The token, or why there is none. */
export const tokenIn = (answer: FreshAnswer): string => (answer.ok ? answer.accessToken : answer.why.code);
