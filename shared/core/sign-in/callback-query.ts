import { queryParameters, sameState } from './query.ts';

/**
 * Whether a query is the answer to one attempt: its state, and either a code or an error. Whatever is repeated, empty or malformed
 * is not, so it changes nothing, and the true answer may still come (RFC 6749 §3.1).
 *
 * @param query without the `?`
 * @param state of the attempt
 */
export function isCallbackOf(query: string, state: string): boolean {
  const parameters = queryParameters(query);
  if (parameters === null || [...parameters.values()].some((values) => values.length !== 1)) return false;
  const one = (name: string): string | null => parameters.get(name)?.[0] ?? null;
  const code = one('code');
  const error = one('error');
  return sameState(state, one('state')) && (code === null) !== (error === null) && (code ?? error) !== '';
}
