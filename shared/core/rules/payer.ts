import type { Facts } from '../facts.ts';
import { effective } from '../settings/effective.ts';
import { isFirstPartyHost } from '../settings/public-url.ts';
import { SOURCES } from '../sources/index.ts';
import { PROVIDER_BASE_URLS } from '../sources/cloud-provider.ts';
import { BASE_URL } from '../sources/steering.ts';
import type { Payer } from '../sources/source-definition.ts';
import type { EffectiveEntry } from '../facts.ts';
import type { Slot, Verdict } from '../verdict.ts';
import { answeredVerdict, winnerOf } from '../settle-ladder.ts';

/** Who pays for what is sent; `null` when nothing is. A question counts as answered with yes. */
export function payerOf(facts: Facts, asked: Verdict): Payer | null {
  const verdict = answeredVerdict(asked);
  if (verdict.outcome !== 'sends') return null;
  const winner = winnerOf(verdict);
  if (winner !== null) return payerOfSlot(facts, verdict, winner);
  return verdict.provider === 'firstParty' ? 'unknown' : 'organisation';
}

/** Who pays for a request that carries this slot's credential. */
export function payerOfSlot(facts: Facts, { provider }: Verdict, { source }: Slot): Payer {
  if (provider !== 'firstParty') return 'organisation';
  switch (source) {
    case 'auth-token':
      return goesElsewhere(facts) ? 'organisation' : 'unknown';
    case 'api-key':
    case 'api-key-helper':
      return goesElsewhere(facts) ? 'organisation' : 'metered';
    case 'gateway-session':
    case 'cloud-provider':
    case 'custom-headers':
    case 'oauth-token':
    case 'profile':
    case 'federation':
    case 'claude-login':
    case 'console-key':
    case 'base-url-login':
      return SOURCES[source].pays;
  }
}

/** The address that requests go to, when a variable names one. */
export function baseUrlOf(facts: Facts, provider: Verdict['provider']): EffectiveEntry | null {
  const name = provider === 'firstParty' || provider === 'gateway' ? BASE_URL : PROVIDER_BASE_URLS[provider];
  const found = effective(facts.layers, name);
  return found?.entry.state === 'value' ? found : null;
}

/** Whether a base URL is set that is not Anthropic's own. */
export function goesElsewhere(facts: Facts): boolean {
  const found = baseUrlOf(facts, 'firstParty');
  // A computed address is taken for another one: nobody sets Anthropic's own like that.
  return found !== null && (found.entry.text === null || !isFirstPartyHost(found.entry.text));
}
