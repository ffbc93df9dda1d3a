import type { SourceDefinition } from './source-definition.ts';

export const FEDERATION_RULE = 'ANTHROPIC_FEDERATION_RULE_ID';
export const FEDERATION_ORGANISATION = 'ANTHROPIC_ORGANIZATION_ID';
export const FEDERATION_TOKEN = 'ANTHROPIC_IDENTITY_TOKEN';
export const FEDERATION_TOKEN_FILE = 'ANTHROPIC_IDENTITY_TOKEN_FILE';

export const federation = {
  id: 'federation',
  rank: 8,
  title: 'Federation',
  phrase: 'the token exchanged through federation',
  pays: 'organisation',
  variables: [
    { name: FEDERATION_RULE, kind: 'text', role: 'credential' },
    { name: FEDERATION_ORGANISATION, kind: 'text', role: 'support' },
    { name: FEDERATION_TOKEN, kind: 'secret', role: 'support' },
    { name: FEDERATION_TOKEN_FILE, kind: 'path', role: 'support' },
    { name: 'ANTHROPIC_SERVICE_ACCOUNT_ID', kind: 'text', role: 'support' },
  ],
  places: [],
  ends: 'never stored; exchanged anew',
  clearing: 'remove the variables where they are set',
} as const satisfies SourceDefinition;
