import type { FailedTrial } from '../../core/sign-in/organisation-notes.ts';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import {
  isOf,
  needsSignIn,
  refusedToken,
  tokenOf,
  type OrganisationToken,
} from '../keyring-services/organisation-token.ts';
import { judgeToken } from './judge-token.ts';
import { noteOfToken } from './note-of-token.ts';
import type { NotedOrganisations } from './noted-organisations.ts';
import type { FreshAnswer } from './organisation-tokens.ts';
import type { TokenPorts } from './token-ports.ts';
import type { TokenStore } from './token-store.ts';

/** How often a new token may fail to be stored: the old one is spent, and this process alone has the new one. */
const TRIES = 4;
/** Milliseconds for which a token that is still good is handed out without trying once more. */
const PAUSE = 30 * 1000;
/** Milliseconds that a server may ask to be left alone. */
const LONGEST_PAUSE = 5 * 60 * 1000;

export interface Renewal {
  readonly provider: OidcProvider;
  readonly store: TokenStore;
  readonly noted: NotedOrganisations;
  readonly ports: Pick<TokenPorts, 'oidc' | 'clock'>;
  /** When whoever wants the token began to want it: milliseconds since 1970. */
  readonly since: number;
}

/**
 * An access token, a new one if it is time for that. Only to be called under the provider’s lock: a refresh token is good once, and
 * of two that are sent the second makes the provider give up the whole sign-in (RFC 9700, 4.14.2).
 */
export async function renewToken(renewal: Renewal): Promise<FreshAnswer> {
  const { provider, store, noted, ports, since } = renewal;
  // Another may have renewed it while this one waited.
  const reading = await store.read();
  if (reading.state === 'trouble') return failed({ code: 'keychain', trouble: reading.trouble });
  if (reading.state === 'none') {
    await noted.drop(provider.name);
    return failed({ code: 'not-signed-in' });
  }
  const { token } = reading;
  if (!isOf(token, provider)) return failed({ code: 'entry-changed' });
  const settled = withoutRenewal(token, provider, ports.clock);
  if (settled !== null) return settled;
  const trial = noted.find(provider.name)?.trial ?? null;
  if (trial !== null && stillCounts(trial, token, { since, clock: ports.clock }))
    return despite(token, provider, trial.failure, ports.clock);
  return ask(token, renewal);
}

/**
 * What can be told of a token without asking the provider; `null`: it is time for a new one, and there may be one.
 */
export function withoutRenewal(
  token: OrganisationToken,
  provider: OidcProvider,
  clock: TokenPorts['clock'],
): FreshAnswer | null {
  const { due, ended } = judgeToken(token, clock);
  if (!due) return handOut(token, provider);
  if (token.refreshToken === null)
    return ended === 'surely' ? failed({ code: 'needs-sign-in' }) : handOut(token, provider);
  return needsSignIn(token) ? refused(token, provider, clock) : null;
}

export function handOut(token: OrganisationToken, provider: OidcProvider): FreshAnswer {
  return { ok: true, accessToken: token.accessToken, note: noteOfToken(token, provider, null) };
}

async function ask(token: OrganisationToken, renewal: Renewal): Promise<FreshAnswer> {
  const { provider, store, noted, ports } = renewal;
  const { clock, oidc } = ports;
  // What the keychain would not take is found out while the refresh token is still good.
  const closed = await store.store(token);
  if (closed !== null) {
    if (judgeToken(token, clock).ended === 'no') return handOut(token, provider);
    return failed({ code: 'keychain', trouble: closed });
  }
  const answer = await oidc.refresh(provider, token.refreshToken ?? '');
  if (!answer.ok) {
    const { failure } = answer;
    if (failure.code === 'invalid-grant') return onRefusal(token, renewal);
    await noted.put(noteOfToken(token, provider, { endedAt: clock.now(), failure }));
    return despite(token, provider, failure, clock);
  }
  const now = { at: clock.now(), uptime: clock.uptime() };
  const next = tokenOf(answer.value, token, provider, now);
  const trouble = await store.store(next, TRIES);
  if (trouble !== null) return failed({ code: 'not-kept', trouble });
  await noted.put(noteOfToken(next, provider, null));
  return handOut(next, provider);
}

/** The provider does not take the refresh token any more. That is said of it, and nothing is thrown away. */
async function onRefusal(
  token: OrganisationToken,
  { provider, store, noted, ports }: Renewal,
): Promise<FreshAnswer> {
  const again = await store.read();
  // Somebody who knows no lock has put another in its place (a backup, another machine): that one was not refused.
  if (again.state === 'kept' && again.token.refreshToken !== token.refreshToken) {
    if (!isOf(again.token, provider)) return failed({ code: 'entry-changed' });
    return withoutRenewal(again.token, provider, ports.clock) ?? failed({ code: 'busy' });
  }
  const marked = refusedToken(token);
  if (again.state === 'kept') await store.store(marked);
  await noted.put(noteOfToken(marked, provider, null));
  return refused(token, provider, ports.clock);
}

/** An access token is not worse for that, as long as it is known to be good. */
function refused(token: OrganisationToken, provider: OidcProvider, clock: TokenPorts['clock']): FreshAnswer {
  const isGood = token.lifetime !== null && judgeToken(token, clock).ended === 'no';
  return isGood ? handOut(token, provider) : failed({ code: 'needs-sign-in' });
}

function despite(
  token: OrganisationToken,
  provider: OidcProvider,
  failure: OidcFailure,
  clock: TokenPorts['clock'],
): FreshAnswer {
  if (judgeToken(token, clock).ended === 'no') return handOut(token, provider);
  return failed({ code: 'not-renewed', failure });
}

/** A failure that came while this one waited is its own; and a server that wants to be left alone is. */
function stillCounts(
  { endedAt, failure }: FailedTrial,
  token: OrganisationToken,
  { since, clock }: { readonly since: number; readonly clock: TokenPorts['clock'] },
): boolean {
  const now = clock.now();
  // The clock was set meanwhile.
  if (endedAt > now) return false;
  if (endedAt >= since) return true;
  const asked = Math.min((failure.retryAfter ?? 0) * 1000, LONGEST_PAUSE);
  const pause = judgeToken(token, clock).ended === 'no' ? Math.max(asked, PAUSE) : asked;
  return now - endedAt < pause;
}

function failed(why: Extract<FreshAnswer, { readonly ok: false }>['why']): FreshAnswer {
  return { ok: false, why };
}
