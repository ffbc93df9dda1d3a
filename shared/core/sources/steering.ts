import type { VariableDefinition } from './source-definition.ts';

/** Names that are no credential but decide which one is used, where it is looked for or where it is sent. */
export const BASE_URL = 'ANTHROPIC_BASE_URL';
export const CONFIG_FOLDER = 'CLAUDE_CONFIG_DIR';
export const STORE_FOLDER = 'CLAUDE_SECURESTORAGE_CONFIG_DIR';
export const SIMPLE = 'CLAUDE_CODE_SIMPLE';
export const SANDBOXED = 'CLAUDE_CODE_SANDBOXED';
export const RESTRICTED = 'CLAUDE_CODE_RESTRICTED';
export const MANAGED_BY_HOST = 'CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST';

export const XDG_CONFIG_HOME = 'XDG_CONFIG_HOME';

export const STEERING_VARIABLES: readonly VariableDefinition[] = [
  { name: BASE_URL, kind: 'url', role: 'support' },
  { name: CONFIG_FOLDER, kind: 'path', role: 'support' },
  { name: STORE_FOLDER, kind: 'path', role: 'support' },
  { name: XDG_CONFIG_HOME, kind: 'path', role: 'support' },
  { name: SIMPLE, kind: 'switch', role: 'support' },
  { name: RESTRICTED, kind: 'switch', role: 'support' },
  { name: SANDBOXED, kind: 'switch', role: 'support' },
  { name: MANAGED_BY_HOST, kind: 'switch', role: 'support' },
];

/** Names that a folder's own settings cannot set to any effect (measured, 2.1.328); they steer where things are looked for. */
export const NOT_FROM_PROJECT: readonly string[] = [CONFIG_FOLDER, STORE_FOLDER, SIMPLE];
/** Only the launch environment can set it (measured). */
export const LAUNCH_ONLY: readonly string[] = [MANAGED_BY_HOST, SANDBOXED, RESTRICTED];
