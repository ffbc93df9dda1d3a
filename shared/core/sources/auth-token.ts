import type { SourceDefinition } from './source-definition.ts';

export const AUTH_TOKEN = 'ANTHROPIC_AUTH_TOKEN';

export const authToken = {
  id: 'auth-token',
  rank: 4,
  title: 'Auth token',
  phrase: 'the auth token',
  // Without a base URL nobody can tell whose gateway issued it: see rules/payer.ts.
  pays: 'organisation',
  variables: [{ name: AUTH_TOKEN, kind: 'secret', role: 'credential' }],
  places: [],
  ends: 'not known, unless it is a JWT',
  clearing: 'remove the variable where it is set',
} as const satisfies SourceDefinition;
