import type { Facts } from '../core/facts.ts';
import type { Provider } from '../core/provider.ts';
import { CANDIDATES, type CandidateId } from '../core/rules/candidates.ts';
import { RULES } from '../core/rules/table.ts';
import type { SourceId } from '../core/source-id.ts';
import { SOURCES } from '../core/sources/index.ts';
import type { Slot } from '../core/verdict.ts';
import { readingPhrase } from './origin-label.ts';
import { printable } from './printable.ts';

/** What a person calls who answers the requests. */
export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  firstParty: 'Anthropic',
  gateway: 'the gateway',
  bedrock: 'Amazon Bedrock',
  foundry: 'Microsoft Foundry',
  anthropicAws: 'Claude Platform on AWS',
  anthropicGoogleCloud: 'Claude Platform on Google Cloud',
  mantle: 'Mantle',
  vertex: 'Google Vertex AI',
};

/** The display name of a provider that stands in a text, such as a conflict’s detail. */
export function providerName(id: string | undefined): string {
  return id !== undefined && Object.hasOwn(PROVIDER_NAMES, id)
    ? PROVIDER_NAMES[id as Provider]
    : 'the cloud provider';
}

const PLANS: Readonly<Record<string, string>> = {
  pro: 'Pro',
  max: 'Max',
  team: 'Team',
  enterprise: 'Enterprise',
};
/** Plans that a person pays for, not an organisation. */
const OWN_PLANS: ReadonlySet<string> = new Set(['pro', 'max']);

/** The plan of a login as people know it; `null` when there is none or its name is not a known one. */
export function planName(plan: string | null | undefined): string | null {
  return Object.hasOwn(PLANS, plan ?? '') ? (PLANS[plan ?? ''] ?? null) : null;
}

/** Whether whoever logged in pays for the plan already. */
export function isOwnPlan(plan: string | null | undefined): boolean {
  return OWN_PLANS.has(plan ?? '');
}

/** A label: “API key”, “Claude login”. */
export function sourceTitle(source: SourceId): string {
  return SOURCES[source].title;
}

/** What tells this one apart, beside the title: the plan, the profile’s name, the provider. */
export function sourceDetail(source: SourceId, facts: Facts, provider: Provider): string | null {
  switch (source) {
    case 'claude-login': {
      const plan = facts.store.login?.plan ?? null;
      return planName(plan) ?? (plan === null ? null : printable(plan, 24));
    }
    case 'profile': {
      const { selected } = facts.profiles;
      return selected === null ? null : `“${printable(selected.name, 32)}”`;
    }
    case 'cloud-provider':
      return provider === 'firstParty' || provider === 'gateway' ? null : PROVIDER_NAMES[provider];
    case 'gateway-session':
    case 'custom-headers':
    case 'auth-token':
    case 'api-key':
    case 'api-key-helper':
    case 'oauth-token':
    case 'federation':
    case 'console-key':
    case 'base-url-login':
      return null;
  }
}

/** A label that says which one: “Max login”, “Profile “work””. */
export function fullTitle(source: SourceId, facts: Facts, provider: Provider): string {
  if (source === 'claude-login') {
    const plan = planName(facts.store.login?.plan);
    return plan === null ? sourceTitle(source) : `${plan} login`;
  }
  const detail = sourceDetail(source, facts, provider);
  if (detail === null) return sourceTitle(source);
  return source === 'cloud-provider' ? detail : `${sourceTitle(source)} ${detail}`;
}

/** A source inside a sentence: “the API key”, “your Max login”. */
export function sourcePhrase(source: SourceId, facts: Facts): string {
  if (source === 'claude-login') return loginPhrase(facts);
  if (source === 'profile') return profilePhrase(facts);
  return SOURCES[source].phrase;
}

/** “your Max login”, or “your Claude login” where the plan is not known. */
export function loginPhrase(facts: Facts): string {
  return `your ${planName(facts.store.login?.plan) ?? 'Claude'} login`;
}

function profilePhrase({ profiles }: Facts): string {
  return profiles.selected === null
    ? 'the Anthropic profile'
    : `the profile “${printable(profiles.selected.name, 32)}”`;
}

/** How what fills a slot is called: which of its source’s credentials, and how its place is joined to it. */
interface SlotWords {
  /** `null`: as the source. */
  readonly phrase: string | null;
  /** `null`: the place adds nothing. */
  readonly joint: 'from' | 'in' | 'set in' | 'as set up in' | null;
}

const from = (phrase: string): SlotWords => ({ phrase, joint: 'from' });
const SLOT_WORDS: Readonly<Record<CandidateId, SlotWords>> = {
  'custom-authorization': { phrase: 'a custom Authorization header', joint: 'set in' },
  'respelled-authorization': { phrase: 'a custom Authorization header', joint: 'set in' },
  'blank-authorization': { phrase: 'a custom Authorization header', joint: 'set in' },
  'blank-api-key': { phrase: 'a custom x-api-key header', joint: 'set in' },
  'custom-api-key': { phrase: 'a custom x-api-key header', joint: 'set in' },
  token: from('the auth token'),
  'empty-token': from('an auth token without a value'),
  key: from('the API key'),
  helper: { phrase: 'the output of the API key helper', joint: 'in' },
  oauth: from('the OAuth token'),
  'upper-profile': { phrase: null, joint: null },
  'lower-profile': { phrase: null, joint: null },
  federation: { phrase: 'a token exchanged through federation', joint: 'as set up in' },
  login: { phrase: null, joint: null },
  'console-key': from('the Console key'),
  'base-url-login': { phrase: null, joint: 'set in' },
  'bedrock-bearer': from('the Bedrock API key'),
  'aws-chain': from('a signature made with the AWS credentials'),
  'foundry-token': from('the Foundry auth token'),
  'foundry-key': from('the Foundry API key'),
  'azure-chain': from('a token made with the Azure credentials'),
  'anthropic-aws-key': from('the API key of Claude Platform on AWS'),
  'google-chain': from('a token made with the Google Cloud credentials'),
};

/** What fills a slot, without its place. */
export function slotPhrase(slot: Slot, facts: Facts): string {
  return wordsOf(slot)?.phrase ?? sourcePhrase(slot.source, facts);
}

/** What fills a slot, with its place: “the API key from ~/.zshrc:42”. */
export function slotPhraseWithPlace(slot: Slot, facts: Facts): string {
  const phrase = slotPhrase(slot, facts);
  const joint = wordsOf(slot)?.joint ?? null;
  return joint === null ? phrase : `${phrase} ${joint} ${readingPhrase(slot.reading, facts)}`;
}

function wordsOf(slot: Slot): SlotWords | null {
  const candidate = RULES.find(({ id }) => id === slot.rule)?.sends;
  return candidate === undefined || CANDIDATES[candidate] !== slot.source ? null : SLOT_WORDS[candidate];
}
