import type { SourceDefinition } from './source-definition.ts';

/** The key in the credentials store, and the scope without which Claude Code does not use the login. */
export const LOGIN_KEY = 'claudeAiOauth';
export const LOGIN_SCOPE = 'user:inference';
/** Logins of connectors, in the same store. */
export const MCP_KEY = 'mcpOAuth';
/** Entries of the store that are known not to be a gateway session. */
export const KNOWN_STORE_KEYS: readonly string[] = [LOGIN_KEY, MCP_KEY, 'organizationUuid'];

export const claudeLogin = {
  id: 'claude-login',
  rank: 9,
  title: 'Claude login',
  phrase: 'the Claude login',
  pays: 'subscription',
  variables: [],
  places: ['.credentials.json in the configuration folder (Linux, Windows)', 'the login keychain (macOS)'],
  ends: 'at most at the date in the store, up to three days before it',
  clearing: 'log out: claude auth logout',
} as const satisfies SourceDefinition;
