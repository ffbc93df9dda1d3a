import type { SourceDefinition } from './source-definition.ts';

/** The key in a settings file; not a variable. */
export const HELPER_SETTING = 'apiKeyHelper';
export const HELPER_TTL = 'CLAUDE_CODE_API_KEY_HELPER_TTL_MS';

export const apiKeyHelper = {
  id: 'api-key-helper',
  rank: 6,
  title: 'API key helper',
  phrase: 'the API key helper’s output',
  pays: 'metered',
  variables: [{ name: HELPER_TTL, kind: 'text', role: 'support' }],
  places: ['apiKeyHelper in a settings file'],
  ends: 'its output is kept for five minutes unless a variable says otherwise',
  clearing: 'remove apiKeyHelper from the settings file',
} as const satisfies SourceDefinition;
