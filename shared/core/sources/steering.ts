import type { VariableDefinition } from './source-definition.ts';

/** Names that are no credential but decide which one is used, where it is looked for or where it is sent. */
export const BASE_URL = 'ANTHROPIC_BASE_URL';
export const CONFIG_FOLDER = 'CLAUDE_CONFIG_DIR';
export const STORE_FOLDER = 'CLAUDE_SECURESTORAGE_CONFIG_DIR';
export const SIMPLE = 'CLAUDE_CODE_SIMPLE';
export const MANAGED_BY_HOST = 'CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST';

export const STEERING_VARIABLES: readonly VariableDefinition[] = [
  { name: BASE_URL, kind: 'url', role: 'support' },
  { name: CONFIG_FOLDER, kind: 'path', role: 'support' },
  { name: STORE_FOLDER, kind: 'path', role: 'support' },
  { name: SIMPLE, kind: 'switch', role: 'support' },
  { name: MANAGED_BY_HOST, kind: 'switch', role: 'support' },
];
