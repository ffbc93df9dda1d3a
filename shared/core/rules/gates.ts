import type { Context } from '../context.ts';
import type { Facts } from '../facts.ts';
import { effective, notProjectLayer } from '../settings/effective.ts';
import type { LimitKey } from '../settings/administrator-limits.ts';
import { isFirstPartyHost } from '../settings/public-url.ts';
import type { SettingsFile } from '../settings/settings-file.ts';
import type { Provider } from '../provider.ts';
import type { SourceId } from '../source-id.ts';
import {
  ANTHROPIC_AWS_WORKSPACE,
  ANTHROPIC_GOOGLE_PROJECT,
  ANTHROPIC_GOOGLE_WORKSPACE,
  PROVIDER_BASE_URLS,
  VERTEX_PROJECT,
} from '../sources/cloud-provider.ts';
import { BASE_URL } from '../sources/steering.ts';
import { FEDERATION_TOKEN, FEDERATION_TOKEN_FILE } from '../sources/federation.ts';
import type { Question, Refusal, Slot, Unknown } from '../verdict.ts';
import { CANDIDATES, CANDIDATE_IDS, type CandidateId } from './candidates.ts';
import type { Certainty } from './rule.ts';
import type { Answers, Situation } from './situation.ts';
import { compareVersions, type Era } from './versions.ts';

/** Before a slot is sent: what stops, asks, or keeps anybody from knowing. The first gate that answers decides. */
export interface Gate {
  readonly id: string;
  readonly certainty: Certainty;
  readonly evidence: string;
  readonly says: string;
  readonly check: (view: GateView) => GateAnswer | null;
}

export interface GateView {
  readonly facts: Facts;
  readonly context: Context;
  readonly era: Era;
  readonly situation: Situation;
  readonly authorization: Slot | null;
  readonly xApiKey: Slot | null;
  readonly answers: Answers;
}

export type GateAnswer =
  | { readonly kind: 'refuses'; readonly reason: Refusal }
  | { readonly kind: 'asks'; readonly question: Question }
  | { readonly kind: 'unknown'; readonly reason: Unknown };

const refuses = (reason: Refusal): GateAnswer => ({ kind: 'refuses', reason });
const unknown = (reason: Unknown): GateAnswer => ({ kind: 'unknown', reason });

/** What a policy can forbid, be it sent or not (measured); Bedrock and Mantle do without any. */
const FORBIDDEN: readonly CandidateId[] = ['key', 'token', 'helper'];
const OUT_OF_POLICY: readonly Provider[] = ['bedrock', 'mantle'];

const limitOf = ({ limits }: Facts, key: LimitKey): Facts['limits'][number] | undefined =>
  limits.find((limit) => limit.key === key);
const isLimited = (facts: Facts, key: LimitKey): boolean => limitOf(facts, key) !== undefined;

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

function isBeyond(
  facts: Facts,
  { claudeCode: { version } }: Context,
  key: 'requiredMinimumVersion' | 'requiredMaximumVersion',
): boolean {
  const [border] = limitOf(facts, key)?.names ?? [];
  const order = border === undefined ? null : compareVersions(version, border);
  return order !== null && (key === 'requiredMinimumVersion' ? order < 0 : order > 0);
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

const isManagedAndBroken = ({ scope, state, reason }: SettingsFile): boolean =>
  scope === 'managed' && (state === 'dropped' || reason === 'too-large');

/** A file that is there, but not of the right form, is passed over in silence like any other. */
function isRefusedFlag({ scope, path, state, reason }: SettingsFile): boolean {
  if (scope !== 'flag') return false;
  if (path === null) return reason === 'not-json';
  return state === 'absent' || state === 'unreadable';
}

const losesSandbox = ({ scope, asksForSandbox }: SettingsFile): boolean =>
  scope === 'flag' && asksForSandbox === true;

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

export const GATES: readonly Gate[] = [
  {
    id: 'gate/other-surface',
    certainty: 'documented',
    evidence: 'a container has files and an environment of its own',
    says: 'What a container holds can only be asked inside it.',
    check: ({ facts }) =>
      facts.place.surface === 'container' && !facts.place.insideContainer ? unknown('other-surface') : null,
  },
  {
    id: 'gate/mode-not-known',
    certainty: 'measured',
    evidence: 'probe on eleven versions: 2.1.73 does not know --bare',
    says: 'This version does not know bare mode.',
    check: ({ context, era }) => (context.mode === 'bare' && !era.bare ? refuses('unsupported') : null),
  },
  {
    id: 'gate/config-broken',
    certainty: 'measured',
    evidence: 'observed, 2.1.328: an unreadable .claude.json stops every command',
    says: 'Claude Code stops with an explanation when .claude.json is not JSON.',
    check: ({ facts }) => (facts.claudeJson.state === 'malformed' ? refuses('config-broken') : null),
  },
  {
    id: 'gate/managed-settings-broken',
    certainty: 'measured',
    evidence: 'probe, 2.1.73, 2.1.196 and 2.1.328: a managed file that is no JSON object stops the program',
    says: 'Claude Code does not start while a managed settings file is too large or not a JSON object.',
    check: ({ facts, era }) =>
      era['managed-must-parse'] && facts.settingsFiles.some(isManagedAndBroken)
        ? refuses('config-broken')
        : null,
  },
  {
    id: 'gate/settings-flag',
    certainty: 'measured',
    evidence: 'probe, 2.1.73 and 2.1.328: --settings that cannot be taken stops the program',
    says: 'Claude Code stops when --settings names no file that it can read, or is no valid JSON.',
    check: ({ facts }) => (facts.settingsFiles.some(isRefusedFlag) ? refuses('config-broken') : null),
  },
  {
    id: 'gate/settings-flag-sandbox',
    certainty: 'measured',
    evidence:
      'probes with 22 members of a wrong type, 2.1.73, 2.1.196 and 2.1.328, and with 30 sandboxes, 2.1.328',
    says: 'Claude Code stops when --settings asks for a sandbox and is dropped for a member of a wrong type.',
    check: ({ facts, era }) =>
      era['sandbox-must-load'] && facts.settingsFiles.some(losesSandbox) ? refuses('config-broken') : null,
  },
  {
    id: 'gate/version-too-old',
    certainty: 'measured',
    evidence: 'probe with managed settings, 2.1.328; documentation names 2.1.163',
    says: 'Managed settings demand a newer version, so this one does not start.',
    check: ({ facts, era, context }) =>
      era['required-version'] && isBeyond(facts, context, 'requiredMinimumVersion')
        ? refuses('policy')
        : null,
  },
  {
    id: 'gate/version-too-new',
    certainty: 'measured',
    evidence: 'probe with managed settings, 2.1.328; documentation names 2.1.163',
    says: 'Managed settings demand an older version, so this one does not start.',
    check: ({ facts, era, context }) =>
      era['required-version'] && isBeyond(facts, context, 'requiredMaximumVersion')
        ? refuses('policy')
        : null,
  },
  {
    id: 'gate/policy-helper-missing',
    certainty: 'measured',
    evidence: 'probes with managed settings, 2.1.328; one with 2.1.196',
    says: 'Managed settings name a program for policies that cannot be started, so Claude Code does not start.',
    check: ({ facts, era }) =>
      era['policy-helper'] && limitOf(facts, 'policyHelper')?.names.length === 0 ? refuses('policy') : null,
  },
  {
    id: 'gate/policy-helper',
    certainty: 'measured',
    evidence: 'probes with managed settings, 2.1.328; one with 2.1.196',
    says: 'A program that managed settings name gives more of them, credentials too; it is not run here.',
    check: ({ facts, era }) =>
      era['policy-helper'] && isLimited(facts, 'policyHelper') ? unknown('policy-helper') : null,
  },
  {
    id: 'gate/config-not-readable',
    certainty: 'documented',
    evidence: 'what cannot be read cannot be told',
    says: '.claude.json could not be read: it holds variables, approvals, trust and the Console key.',
    check: ({ facts: { claudeJson } }) =>
      // Links in a circle count as no file (measured).
      ['read', 'absent', 'malformed', 'link-loop'].includes(claudeJson.state)
        ? null
        : unknown('claude-json-not-readable'),
  },
  {
    id: 'gate/store-waits',
    certainty: 'measured',
    evidence: 'probes of a FIFO with twelve other credentials, 2.1.328: nothing was ever sent',
    says: 'The store of the Claude login is no file: Claude Code may wait for it for ever, whatever else is set.',
    check: ({ facts: { store } }) =>
      store.kind === 'credentials-file' && store.state === 'not-a-file' && !store.passedOver
        ? unknown('store-not-readable')
        : null,
  },
  {
    id: 'gate/folder-trust',
    certainty: 'measured',
    evidence: 'recorded worlds, 2.1.328, interactive',
    says: 'In a folder that is not trusted the trust question comes first, and nothing is sent before.',
    check: ({ facts, context, answers }) =>
      context.mode === 'interactive' && !facts.trusted && answers.trust !== 'yes'
        ? { kind: 'asks', question: 'folder-trust' }
        : null,
  },
  {
    id: 'gate/api-key-approval',
    certainty: 'measured',
    evidence: 'recorded worlds, 2.1.328, interactive',
    says: 'Interactive sessions ask once about an API key that nobody has answered for.',
    check: ({ situation }) =>
      situation.approval === 'unanswered' && situation.provider === 'firstParty'
        ? { kind: 'asks', question: 'api-key-approval' }
        : null,
  },
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
  {
    id: 'gate/headers-unusable',
    certainty: 'measured',
    evidence:
      'probes with 60 custom headers and every kind of provider, 2.1.328; one with 2.1.196 and 2.1.73',
    says: 'A custom header whose name or value no request can have fails every request.',
    check: ({ situation: { headersUnusable } }) => (headersUnusable ? refuses('config-broken') : null),
  },
  {
    id: 'gate/base-url-unusable',
    certainty: 'measured',
    evidence: 'probes with 40 addresses, 2.1.328; three of them with 2.1.196 and 2.1.73',
    says: 'A base URL that is no URL for HTTP fails every request; in old versions so does one with a user and a password.',
    check: ({ era, situation: { baseUrl } }) => {
      const address = baseUrl?.address;
      if (address === undefined) return null;
      const fails = !address.usable || (address.login !== null && !era['login-in-address']);
      return fails ? refuses('config-broken') : null;
    },
  },
  {
    id: 'gate/value-not-sendable',
    certainty: 'measured',
    evidence: 'probes with odd characters, 2.1.73, 2.1.196 and 2.1.328',
    says: 'A value with a line end or another character that no header can carry fails the request.',
    check: ({ situation: { unsendable }, authorization, xApiKey }) =>
      [authorization, xApiKey].some((slot) => slot !== null && unsendable.includes(slot.reading))
        ? refuses('config-broken')
        : null,
  },
  {
    id: 'gate/blank-key',
    certainty: 'measured',
    evidence: 'probes with white space, 2.1.73 and 2.1.196',
    says: 'These versions take an API key of white space for a key, and refuse it when nothing else is sent.',
    check: ({ situation: { blank }, authorization, xApiKey }) =>
      authorization === null && xApiKey?.source === 'api-key' && blank.includes(xApiKey.reading)
        ? refuses('not-logged-in')
        : null,
  },
  {
    id: 'gate/helper-unusable',
    certainty: 'measured',
    evidence: 'probe on eleven versions; documentation names 2.1.227',
    says: 'These versions fail the request when the helper’s output is unusable.',
    check: ({ era, authorization, xApiKey }) => {
      if (era['unusable-helper-sent-empty']) return null;
      const failed = [authorization, xApiKey].some(
        (slot) => slot?.run?.ok === false && slot.run.problem === 'several-lines',
      );
      return failed ? refuses('helper-unusable') : null;
    },
  },
  {
    id: 'gate/foundry-signing-off',
    certainty: 'measured',
    evidence: 'probes with the signing switched off, 2.1.73 and 2.1.196',
    says: 'These versions fail when Azure’s authentication is switched off and Foundry’s own key is not set.',
    check: ({ era, situation: { provider, circumstances, candidates } }) =>
      provider === 'foundry' &&
      circumstances['skip-signing'] &&
      !era['foundry-unsigned'] &&
      candidates['foundry-key'] === undefined &&
      candidates['foundry-token'] === undefined
        ? refuses('unsupported')
        : null,
  },
  {
    id: 'gate/platform-without-workspace',
    certainty: 'measured',
    evidence: 'probe with the platform’s key, AWS keys and the signing switched off, 2.1.328',
    says: 'Claude Platform on AWS needs the id of a workspace; without one the request fails.',
    check: ({ facts: { layers }, situation: { provider } }) =>
      provider === 'anthropicAws' && effective(layers, ANTHROPIC_AWS_WORKSPACE)?.entry.state !== 'value'
        ? refuses('unsupported')
        : null,
  },
  {
    id: 'gate/vertex-without-project',
    certainty: 'measured',
    evidence: 'probe with the signing switched off, 2.1.328',
    says: 'With Google’s signing off the project has to be named; without one the request fails.',
    check: ({ facts: { layers }, situation: { provider, circumstances } }) =>
      provider === 'vertex' &&
      circumstances['skip-signing'] &&
      effective(layers, VERTEX_PROJECT)?.entry.state !== 'value'
        ? refuses('unsupported')
        : null,
  },
  {
    id: 'gate/google-platform-without-project',
    certainty: 'measured',
    evidence: 'probes with the signing switched off, 2.1.328',
    says: 'With Google’s signing off Claude Platform on Google Cloud needs an address, or a project and a workspace.',
    check: ({ facts: { layers }, situation: { provider, circumstances } }) => {
      if (provider !== 'anthropicGoogleCloud' || !circumstances['skip-signing']) return null;
      const isSet = (name: string): boolean => effective(layers, name)?.entry.state === 'value';
      const isNamed = isSet(ANTHROPIC_GOOGLE_PROJECT) && isSet(ANTHROPIC_GOOGLE_WORKSPACE);
      return isNamed || isSet(PROVIDER_BASE_URLS[provider]) ? null : refuses('unsupported');
    },
  },
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
