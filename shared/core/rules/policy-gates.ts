import type { Facts } from '../facts.ts';
import type { Provider } from '../provider.ts';
import { isFirstPartyHost } from '../settings/public-url.ts';
import { BASE_URL } from '../sources/steering.ts';
import type { Slot } from '../verdict.ts';
import type { Situation } from './situation.ts';
import { PROVIDER_BASE_URLS } from '../sources/cloud-provider.ts';
import { effective } from '../settings/effective.ts';
import { type CandidateId } from './candidates.ts';
import { isLimited, limitOf, refuses, unknown, type Gate } from './gate.ts';

/** What a policy can forbid, be it sent or not (measured); Bedrock and Mantle do without any. */
const FORBIDDEN: readonly CandidateId[] = ['key', 'token', 'helper'];
const OUT_OF_POLICY: readonly Provider[] = ['bedrock', 'mantle'];

/** With a credential that a person got by logging in to Claude. */
function isLoggedIn(
  { provider, hostManaged }: Situation,
  authorization: Slot | null,
  xApiKey: Slot | null,
): boolean {
  if (provider !== 'firstParty' || hostManaged) return false;
  return (
    authorization?.source === 'claude-login' ||
    authorization?.source === 'oauth-token' ||
    xApiKey?.source === 'console-key'
  );
}

/**
 * Whether the list of providers lets a session pass. An address of one’s own needs “customEndpoint”, and managed settings that
 * pin it; a gateway’s session never passes, Mantle’s requests always do (measured).
 */
function isAllowedProvider(facts: Facts, provider: Provider): boolean {
  const limit = limitOf(facts, 'allowedProviders');
  if (limit === undefined || provider === 'mantle') return true;
  if (provider === 'gateway') return false;
  const address = effective(
    facts.layers,
    provider === 'firstParty' ? BASE_URL : PROVIDER_BASE_URLS[provider],
  );
  const url = address?.entry.state === 'value' ? address.entry.text : null;
  if (url === null || (provider === 'firstParty' && isFirstPartyHost(url))) {
    return limit.names.includes(provider === 'firstParty' ? 'anthropic' : provider);
  }
  return limit.names.includes('customEndpoint') && address?.layer === 'managed';
}

/** What an administrator does not allow. */
export const POLICY_GATES: readonly Gate[] = [
  {
    id: 'gate/policy',
    certainty: 'measured',
    evidence: 'probes with managed settings, 2.1.73, 2.1.196 and 2.1.328',
    says: 'Managed settings force a login method, so a key, token or helper makes the session refuse to start.',
    check: ({ facts, era, situation: { hostManaged, provider, candidates } }) =>
      facts.policy !== null &&
      era['login-policy'] &&
      !hostManaged &&
      !OUT_OF_POLICY.includes(provider) &&
      FORBIDDEN.some((id) => candidates[id] !== undefined)
        ? refuses('policy')
        : null,
  },
  {
    id: 'gate/provider-not-allowed',
    certainty: 'measured',
    evidence: 'probes of sixteen lists with seven kinds of sessions, 2.1.328; documentation names 2.1.285',
    says: 'Managed settings say which providers may be asked, and this session would ask another one.',
    check: ({ facts, era, situation: { provider } }) =>
      era['allowed-providers'] && !isAllowedProvider(facts, provider) ? refuses('policy') : null,
  },
  {
    id: 'gate/organisation-misconfigured',
    certainty: 'measured',
    evidence: 'probes with managed settings, 2.1.196 and 2.1.328',
    says: 'Managed settings name no organisation where they should, so no login is used.',
    check: ({ facts, era, situation, authorization, xApiKey }) =>
      era['login-policy'] &&
      isLoggedIn(situation, authorization, xApiKey) &&
      limitOf(facts, 'forceLoginOrgUUID')?.names.length === 0
        ? refuses('policy')
        : null,
  },
  {
    id: 'gate/organisation-not-verified',
    certainty: 'measured',
    evidence: 'probes with managed settings and the network closed, 2.1.196 and 2.1.328: it refused',
    says: 'Managed settings demand an organisation, and Claude Code asks the server whether the login belongs to it.',
    check: ({ facts, era, situation, authorization, xApiKey }) =>
      era['login-policy'] &&
      isLoggedIn(situation, authorization, xApiKey) &&
      xApiKey?.source !== 'console-key' &&
      isLimited(facts, 'forceLoginOrgUUID')
        ? unknown('organisation-not-verified')
        : null,
  },
  {
    id: 'gate/gateway-policy',
    certainty: 'measured',
    evidence: 'probes with managed settings, 2.1.328',
    says: 'Managed settings demand a gateway sign-in, so no other credential is used, unless a cloud provider is on.',
    check: ({ facts, situation: { hostManaged, provider } }) =>
      (facts.policy?.demands === 'gateway' || isLimited(facts, 'forceLoginGatewayUrl')) &&
      !hostManaged &&
      provider === 'firstParty' &&
      facts.store.otherKeys.length === 0
        ? refuses('policy')
        : null,
  },
];
