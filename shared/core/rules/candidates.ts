import type { SourceId } from '../source-id.ts';

/**
 * What can fill a header slot. One source may offer several: custom headers have one for each slot, a cloud provider several
 * kinds of credential.
 */
export const CANDIDATES = {
  'custom-authorization': 'custom-headers',
  'custom-api-key': 'custom-headers',
  'respelled-authorization': 'custom-headers',
  'blank-authorization': 'custom-headers',
  'blank-api-key': 'custom-headers',
  token: 'auth-token',
  'empty-token': 'auth-token',
  key: 'api-key',
  helper: 'api-key-helper',
  oauth: 'oauth-token',
  'upper-profile': 'profile',
  federation: 'federation',
  login: 'claude-login',
  'console-key': 'console-key',
  'lower-profile': 'profile',
  'base-url-login': 'base-url-login',
  'bedrock-bearer': 'cloud-provider',
  'aws-chain': 'cloud-provider',
  'foundry-token': 'cloud-provider',
  'foundry-key': 'cloud-provider',
  'azure-chain': 'cloud-provider',
  'anthropic-aws-key': 'cloud-provider',
  'google-chain': 'cloud-provider',
} as const satisfies Readonly<Record<string, SourceId>>;
export type CandidateId = keyof typeof CANDIDATES;
export const CANDIDATE_IDS = Object.keys(CANDIDATES) as readonly CandidateId[];

/** What else a rule can ask about a situation, each with the sentence that `explain` prints. */
export const CIRCUMSTANCES = {
  interactive: 'the session is interactive',
  'helper-kept-back': 'a helper is configured in settings but the embedding program keeps it from running',
  'skip-signing': 'the provider’s own signing is switched off',
} as const;
export type CircumstanceId = keyof typeof CIRCUMSTANCES;

export type Condition = CandidateId | CircumstanceId;
