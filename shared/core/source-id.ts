/** Every kind of credential that Claude Code can use, in the documented order of rank. */
export const SOURCE_IDS = [
  'gateway-session',
  'cloud-provider',
  'custom-headers',
  'auth-token',
  'api-key',
  'api-key-helper',
  'oauth-token',
  'profile',
  'federation',
  'claude-login',
  'console-key',
  'base-url-login',
] as const;

export type SourceId = (typeof SOURCE_IDS)[number];
