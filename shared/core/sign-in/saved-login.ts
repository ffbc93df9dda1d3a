import type { Facts } from '../facts.ts';
import type { Reading } from '../reading.ts';
import type { LoginOutcome, LoginWay } from './claude-login.ts';

/** What a login has left in the stores, told by comparing two looks; fingerprints and dates, never tokens. */
export type SavedLogin = LoginOutcome['kept'];

/**
 * What is new since before, the kind that this way of logging in should leave first; `null`: nothing is. An item of the
 * keychain shows no secret and so no fingerprint: there the date of its last change tells.
 */
export function savedLogin(before: Facts, after: Facts, way: LoginWay): SavedLogin | null {
  const isNew: Readonly<Record<SavedLogin, boolean>> = {
    login: hasNewLogin(before, after),
    key: after.consoleKey !== null && !isSame(before.consoleKey, after.consoleKey),
    profile: after.profiles.readings.some(
      (reading) => reading.flaw === null && !before.profiles.readings.some((known) => isSame(known, reading)),
    ),
  };
  const order: readonly SavedLogin[] =
    way === 'console' ? ['key', 'profile', 'login'] : ['login', 'profile', 'key'];
  return order.find((kind) => isNew[kind]) ?? null;
}

function hasNewLogin({ store: before }: Facts, { store: after }: Facts): boolean {
  const login = after.login;
  if (login === null || login.reading.flaw !== null) return false;
  const known = before.login;
  if (known === null || known.reading.flaw !== null || after.kind !== before.kind) return true;
  if (login.reading.fingerprint === null) return after.changedAt !== before.changedAt;
  return (
    login.reading.fingerprint !== known.reading.fingerprint ||
    login.loginEndsAt !== known.loginEndsAt ||
    login.accessEndsAt !== known.accessEndsAt
  );
}

function isSame(one: Reading | null, other: Reading): boolean {
  return (
    one !== null &&
    one.fingerprint === other.fingerprint &&
    one.origin.kind === other.origin.kind &&
    one.origin.path === other.origin.path &&
    one.origin.name === other.origin.name
  );
}

/**
 * Whether what is new can be nothing but a login: a session that refreshes its token meanwhile leaves another token, and the same
 * date and account.
 */
export function isMoreThanRefresh(before: Facts, after: Facts): boolean {
  const [known, login] = [before.store.login, after.store.login];
  if (known === null || login === null) return true;
  return (
    known.reading.flaw !== null ||
    known.loginEndsAt !== login.loginEndsAt ||
    before.claudeJson.account?.email !== after.claudeJson.account?.email
  );
}

/** The organisation of whoever is logged in, where the administrator demands another one; `null`: as demanded, or nobody can tell. */
export function wrongOrganisation({ limits, claudeJson }: Facts): string | null {
  const demanded = limits.find(({ key }) => key === 'forceLoginOrgUUID')?.names ?? [];
  const organisation = claudeJson.account?.organisationId ?? null;
  if (organisation === null || demanded.length === 0 || demanded.includes(organisation)) return null;
  return organisation;
}

/** What is told of a login once it is in the store. */
export function outcomeOf({ store, claudeJson, profiles }: Facts, kept: SavedLogin): LoginOutcome {
  const { account } = claudeJson;
  const { selected } = profiles;
  if (kept === 'profile') {
    return {
      kept,
      loginEndsAt: null,
      plan: null,
      email: selected?.email ?? account?.email ?? null,
      organisation: selected?.organisation ?? account?.organisationName ?? null,
    };
  }
  return {
    kept,
    loginEndsAt: kept === 'login' ? (store.login?.loginEndsAt ?? null) : null,
    plan: kept === 'login' ? (store.login?.plan ?? null) : null,
    email: account?.email ?? null,
    organisation: account?.organisationName ?? null,
  };
}
