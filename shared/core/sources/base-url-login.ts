import type { SourceDefinition } from './source-definition.ts';

/** A user and a password in the base URL. The variable itself steers where requests go, so it belongs to no source. */
export const baseUrlLogin = {
  id: 'base-url-login',
  rank: 12,
  title: 'Base URL login',
  phrase: 'the user and password in the base URL',
  // Whoever answers at that address: nobody can tell.
  pays: 'unknown',
  variables: [],
  places: ['http://USER:PASSWORD@HOST in ANTHROPIC_BASE_URL'],
  ends: 'not known',
  clearing: 'take the user and password out of the base URL where it is set',
} as const satisfies SourceDefinition;
