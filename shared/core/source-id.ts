/** Every kind of credential that Claude Code can use, in documented order of rank (facts: product.md, "Rank and who pays"). */
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
] as const;

export type SourceId = (typeof SOURCE_IDS)[number];
