import type { SourceDefinition } from './source-definition.ts';

/**
 * The session of a Claude apps gateway. How it is stored is not known, so it is never guessed: an entry of an unknown kind in
 * the credentials store makes it `unknown`, nothing else does.
 */
export const gatewaySession = {
  id: 'gateway-session',
  rank: 1,
  title: 'Gateway session',
  phrase: 'a gateway session',
  pays: 'organisation',
  variables: [],
  places: ['credentials store (an entry of an unknown kind)'],
  ends: 'not known; renewed by the gateway',
  clearing: 'log out in Claude Code',
} as const satisfies SourceDefinition;
