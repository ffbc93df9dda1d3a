import type { SourceDefinition } from './source-definition.ts';

export const OAUTH_TOKEN = 'CLAUDE_CODE_OAUTH_TOKEN';
export const OAUTH_TOKEN_DESCRIPTOR = 'CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR';
/** Alone these are no credential (observed): `claude auth login` exchanges them, and asks no browser. */
export const EXCHANGED_AT_LOGIN = {
  refreshToken: 'CLAUDE_CODE_OAUTH_REFRESH_TOKEN',
  scopes: 'CLAUDE_CODE_OAUTH_SCOPES',
} as const;

export const oauthToken = {
  id: 'oauth-token',
  rank: 7,
  title: 'OAuth token',
  phrase: 'the OAuth token',
  pays: 'subscription',
  variables: [
    { name: OAUTH_TOKEN, kind: 'secret', role: 'credential' },
    { name: OAUTH_TOKEN_DESCRIPTOR, kind: 'descriptor', role: 'credential' },
    { name: EXCHANGED_AT_LOGIN.refreshToken, kind: 'secret', role: 'support' },
    { name: EXCHANGED_AT_LOGIN.scopes, kind: 'text', role: 'support' },
  ],
  places: [],
  ends: 'one year after it was made; the token does not say when that was',
  clearing: 'remove the variable where it is set',
} as const satisfies SourceDefinition;
