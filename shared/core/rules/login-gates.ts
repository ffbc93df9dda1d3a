import type { SourceId } from '../source-id.ts';
import type { Slot } from '../verdict.ts';
import { FEDERATION_TOKEN, FEDERATION_TOKEN_FILE } from '../sources/federation.ts';
import { effective, notProjectLayer } from '../settings/effective.ts';
import { CANDIDATES, CANDIDATE_IDS } from './candidates.ts';
import { refuses, unknown, type Gate } from './gate.ts';

/**
 * A custom header without a value is no login, nor is one in the base URL; neither lets another header’s emptiness count as
 * one. The word Bearer alone does (measured).
 */
const isNothing = (slot: Slot | null): boolean =>
  slot === null ||
  slot.source === 'base-url-login' ||
  (slot.source === 'custom-headers' && slot.broken && slot.reading.fingerprint === null);

/** What is sent without keeping Claude Code from looking at the login. */
const BESIDE_LOGIN: readonly SourceId[] = ['custom-headers', 'console-key', 'base-url-login'];

/** What a cloud provider's requests can be signed with. */
const OWN_CREDENTIALS = CANDIDATE_IDS.filter((id) => CANDIDATES[id] === 'cloud-provider');

/** What becomes of a login, a profile or nothing at all. */
export const LOGIN_GATES: readonly Gate[] = [
  {
    id: 'gate/federation-without-token',
    certainty: 'measured',
    evidence: 'probe, 2.1.328',
    says: 'Federation needs an identity token; without one the request fails instead of falling through.',
    check: ({ facts: { layers }, authorization }) =>
      authorization?.source === 'federation' &&
      [FEDERATION_TOKEN, FEDERATION_TOKEN_FILE].every(
        (name) => effective(layers, name, notProjectLayer)?.entry.state !== 'value',
      )
        ? refuses('not-logged-in')
        : null,
  },
  {
    id: 'gate/profile-unusable',
    certainty: 'measured',
    evidence: 'probes with 120 profiles, 2.1.328; one of a file that is open to others with 2.1.196',
    says: 'A selected profile that cannot be used fails instead of falling through: its file is open to others, say, or holds no token.',
    check: ({ facts, authorization }) =>
      authorization?.source === 'profile' && (facts.profiles.selected?.trouble ?? null) !== null
        ? refuses('profile-unusable')
        : null,
  },
  {
    id: 'gate/profile-expired',
    certainty: 'measured',
    evidence: 'recorded worlds, 2.1.328 (theme profile)',
    says: 'A selected profile that has ended fails instead of falling through.',
    check: ({ situation, authorization }) =>
      authorization?.source === 'profile' && situation.profileExpired ? refuses('profile-expired') : null,
  },
  {
    id: 'gate/login-scopes',
    certainty: 'measured',
    evidence: 'probes with six kinds of scopes, 2.1.328',
    says: 'A login whose scopes are neither a list nor text fails the request where Claude Code looks at them.',
    check: ({ facts, situation: { storesOut, provider }, authorization, xApiKey }) =>
      facts.store.login?.trouble === 'scopes' &&
      !storesOut &&
      provider === 'firstParty' &&
      [authorization, xApiKey].every((slot) => slot === null || BESIDE_LOGIN.includes(slot.source))
        ? refuses('config-broken')
        : null,
  },
  {
    id: 'gate/store-not-readable',
    certainty: 'documented',
    evidence: 'what cannot be read cannot be told',
    says: 'The store of the Claude login could not be read, and a login in it would change the answer.',
    check: ({ facts, situation, authorization, xApiKey }) => {
      const { state } = facts.store;
      if (situation.storesOut || situation.provider !== 'firstParty') return null;
      if (state === 'read' || state === 'absent' || state === 'malformed' || facts.store.passedOver)
        return null;
      const aboveLogin = [authorization, xApiKey].some(
        (slot) =>
          slot !== null && slot.source !== 'console-key' && slot.rule !== 'authorization/lower-profile',
      );
      if (aboveLogin) return null;
      return unknown(state === 'not-looked-at' ? 'keychain-not-looked-at' : 'store-not-readable');
    },
  },
  {
    id: 'gate/cloud-chain',
    certainty: 'documented',
    evidence: 'documentation of the providers’ default chains',
    says: 'Nothing was found behind the provider’s switch; what its default chain asks over the network could still answer, and that is not asked.',
    check: ({ situation }) => {
      const cloud = situation.provider !== 'firstParty' && situation.provider !== 'gateway';
      // What else would go beside it does not help: without the provider's own credential the request fails (measured).
      const own = OWN_CREDENTIALS.some((id) => situation.candidates[id] !== undefined);
      return cloud && !own && !situation.circumstances['skip-signing'] ? unknown('cloud-chain') : null;
    },
  },
  {
    id: 'gate/not-logged-in',
    certainty: 'measured',
    evidence: 'recorded worlds, 2.1.73 to 2.1.328',
    says: 'Nothing is there that could be sent, so Claude Code asks for a login.',
    check: ({ situation, authorization, xApiKey }) =>
      situation.provider === 'firstParty' && isNothing(authorization) && isNothing(xApiKey)
        ? refuses('not-logged-in')
        : null,
  },
];
