import type { Expiry, ExpiryKind } from './expiry.ts';
import type { CloudClock, Facts, LoginFacts, SelectedProfile } from './facts.ts';
import { effective } from './settings/effective.ts';
import { AUTH_TOKEN } from './sources/auth-token.ts';
import { AWS, BEDROCK_BEARER, FOUNDRY_TOKEN } from './sources/cloud-provider.ts';
import { OAUTH_TOKEN } from './sources/oauth-token.ts';
import type { OrganisationNote } from './sign-in/organisation-sign-in.ts';
import type { SourceId } from './source-id.ts';

const DAY = 24 * 60 * 60 * 1000;
/** The date in the store is an upper bound: `claude auth status` shows a band of three days before it (observed). */
export const LOGIN_BAND = 3 * DAY;
/** `claude setup-token` makes them for a year (documented). */
const SETUP_TOKEN_LIFE = 365 * DAY;
/** Such a token lies in places that nobody looks at daily, and a new one has to be carried there. */
const SETUP_TOKEN_WARNING = 14 * DAY;
/** Tokens of programs live hours, not weeks: the last hour is soon. */
const SOON = 60 * 60 * 1000;
/** A clock that differs by this much from the one that wrote the date is not an expiry. */
const TOLERANCE = 5 * 60 * 1000;

/** Every known end, and every end that is known to be unknown. Pure: `facts.takenAt` is now. */
export function clocksOf(facts: Facts): readonly Expiry[] {
  const now = facts.takenAt;
  const login = facts.store.login;
  const { selected } = facts.profiles;
  return [
    ...(login === null ? [] : loginClocks(login, now)),
    ...(selected?.reading.flaw === null ? profileClocks(selected, now) : []),
    ...(facts.organisation === null ? [] : [organisationClock(facts.organisation, now)]),
    ...valueClock(facts, AUTH_TOKEN, 'auth-token', 'token', now),
    ...oauthClock(facts),
    ...valueClock(facts, BEDROCK_BEARER, 'cloud-provider', 'bedrock-key', now),
    ...valueClock(facts, FOUNDRY_TOKEN, 'cloud-provider', 'token', now),
    ...awsKeyClock(facts, now),
    ...[...facts.cloud.aws.clocks, ...facts.cloud.google.clocks, ...facts.cloud.azure.clocks].map((clock) =>
      cloudClock(clock, now),
    ),
  ];
}

function loginClocks(login: LoginFacts, now: number): readonly Expiry[] {
  return [
    loginClock(login, now),
    ...(login.accessEndsAt === null ? [] : [accessClock(login, login.accessEndsAt, now)]),
  ];
}

function loginClock(login: LoginFacts, now: number): Expiry {
  const source = 'claude-login';
  if (login.refresh === 'empty') {
    return { source, kind: 'login', earliest: null, at: null, certainty: 'exact', state: 'ended' };
  }
  const at = login.loginEndsAt;
  if (at === null)
    return { source, kind: 'login', earliest: null, at: null, certainty: 'unknown', state: 'unknown' };
  const earliest = at - LOGIN_BAND;
  const state = now > at + TOLERANCE ? 'probably-ended' : now >= earliest ? 'ending-soon' : 'fine';
  return { source, kind: 'login', earliest, at, certainty: 'upper-bound', state };
}

/** Renewed silently while there is a refresh token; never a reason to alarm then. */
function accessClock(login: LoginFacts, at: number, now: number): Expiry {
  const renews = login.refresh === 'present';
  const state = renews ? 'renews-itself' : exactState(at, now);
  return { source: 'claude-login', kind: 'access', earliest: at, at, certainty: 'exact', state };
}

function profileClocks(profile: SelectedProfile, now: number): readonly Expiry[] {
  const { endsAt } = profile;
  if (endsAt === null) return [];
  const state = profile.renewable ? 'renews-itself' : exactState(endsAt, now);
  return [{ source: 'profile', kind: 'profile', earliest: endsAt, at: endsAt, certainty: 'exact', state }];
}

/**
 * The one sign-in whose token the helper in force prints. It renews itself as long as the provider lets it: how long that is, nobody
 * tells, so there is no date for it.
 */
function organisationClock({ state, renews, accessEndsAt: at }: OrganisationNote, now: number): Expiry {
  const clock = { source: 'api-key-helper', kind: 'organisation' } as const;
  if (state === 'needs-sign-in')
    return { ...clock, earliest: null, at: null, certainty: 'exact', state: 'ended' };
  if (renews) return { ...clock, earliest: at, at, certainty: 'exact', state: 'renews-itself' };
  if (at === null) return { ...clock, earliest: null, at, certainty: 'unknown', state: 'unknown' };
  return { ...clock, earliest: at, at, certainty: 'exact', state: exactState(at, now) };
}

function valueClock(
  facts: Facts,
  name: string,
  source: SourceId,
  kind: ExpiryKind,
  now: number,
): readonly Expiry[] {
  const at = effective(facts.layers, name)?.entry.endsAt ?? null;
  if (at === null) return [];
  return [{ source, kind, earliest: at, at, certainty: 'upper-bound', state: exactState(at, now) }];
}

/** Made for one year, but it does not say when: only its owner knows the day, and may have named it. */
function oauthClock(facts: Facts): readonly Expiry[] {
  if (effective(facts.layers, OAUTH_TOKEN)?.entry.state !== 'value') return [];
  return [setupTokenClock(facts.setupTokenMadeAt, facts.takenAt)];
}

/**
 * Only the day is known, in whatever zone it was, so its end is a range of two days.
 *
 * @param madeAt the beginning of that day in UTC: milliseconds since 1970
 */
export function setupTokenEnds(madeAt: number): { readonly earliest: number; readonly at: number } {
  const earliest = madeAt + SETUP_TOKEN_LIFE - DAY / 2;
  return { earliest, at: earliest + 2 * DAY };
}

function setupTokenClock(madeAt: number | null, now: number): Expiry {
  const clock = { source: 'oauth-token', kind: 'setup-token' } as const;
  if (madeAt === null) return { ...clock, earliest: null, at: null, certainty: 'unknown', state: 'unknown' };
  const { earliest, at } = setupTokenEnds(madeAt);
  const state =
    now > at + TOLERANCE ? 'probably-ended' : now >= earliest - SETUP_TOKEN_WARNING ? 'ending-soon' : 'fine';
  return { ...clock, earliest, at, certainty: 'upper-bound', state };
}

function awsKeyClock(facts: Facts, now: number): readonly Expiry[] {
  if (facts.cloud.aws.state === 'not-looked-at') return [];
  const text = effective(facts.layers, AWS.expiration)?.entry.text;
  const at = text === null || text === undefined ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at)) return [];
  return [
    {
      source: 'cloud-provider',
      kind: 'token',
      earliest: at,
      at,
      certainty: 'exact',
      state: exactState(at, now),
    },
  ];
}

function cloudClock(clock: CloudClock, now: number): Expiry {
  const { kind, endsAt: at } = clock;
  const source = 'cloud-provider';
  if (at === null) return { source, kind, earliest: null, at, certainty: 'unknown', state: 'unknown' };
  const state = clock.renewsItself && at > now ? 'renews-itself' : exactState(at, now);
  return { source, kind, earliest: at, at, certainty: 'exact', state };
}

function exactState(at: number, now: number): Expiry['state'] {
  if (now > at + TOLERANCE) return 'ended';
  return at - now <= SOON ? 'ending-soon' : 'fine';
}
