import type { SourceDefinition } from './source-definition.ts';

export const API_KEY = 'ANTHROPIC_API_KEY';
export const API_KEY_DESCRIPTOR = 'CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR';

export const apiKey = {
  id: 'api-key',
  rank: 5,
  title: 'API key',
  phrase: 'the API key',
  pays: 'metered',
  variables: [
    { name: API_KEY, kind: 'secret', role: 'credential' },
    { name: API_KEY_DESCRIPTOR, kind: 'descriptor', role: 'credential' },
  ],
  places: [],
  ends: 'not known',
  clearing: 'remove the variable where it is set, or cancel it with an empty value in a settings file',
} as const satisfies SourceDefinition;
