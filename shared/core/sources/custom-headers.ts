import type { SourceDefinition } from './source-definition.ts';

export const CUSTOM_HEADERS = 'ANTHROPIC_CUSTOM_HEADERS';

export const customHeaders = {
  id: 'custom-headers',
  rank: 3,
  title: 'Custom headers',
  phrase: 'a custom header',
  pays: 'unknown',
  variables: [{ name: CUSTOM_HEADERS, kind: 'headers', role: 'credential' }],
  places: [],
  ends: 'not known',
  clearing: 'take the header out of the variable where it is set',
} as const satisfies SourceDefinition;
