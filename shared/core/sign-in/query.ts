/** Longest query that is looked at, in characters; codes of real providers stay below 4,000. */
export const QUERY_LIMIT = 16_384;
/** Most parameters that are looked at. */
export const PARAMETER_LIMIT = 64;

/**
 * The parameters of a query, decoded as forms are (`+` is a space), each name with all of its values: what is told twice is to be
 * refused by whoever reads it (RFC 6749 §3.1), not chosen from.
 *
 * @param query without the `?`, as it came
 * @returns `null`: malformed, or more than anybody sends. Then nothing in it counts
 */
export function queryParameters(query: string): ReadonlyMap<string, readonly string[]> | null {
  if (query.length > QUERY_LIMIT || !OF_A_QUERY.test(query)) return null;
  const pairs = query.split('&').filter((pair) => pair !== '');
  if (pairs.length > PARAMETER_LIMIT) return null;
  const found = new Map<string, readonly string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = decoded(at === -1 ? pair : pair.slice(0, at));
    const value = decoded(at === -1 ? '' : pair.slice(at + 1));
    if (name === null || value === null) return null;
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}

/** The one `state` of a query; `null`: there is none, an empty one, or more than one, or the query is malformed. */
export function stateOf(query: string): string | null {
  const [state, ...more] = queryParameters(query)?.get('state') ?? [];
  return state === undefined || state === '' || more.length > 0 ? null : state;
}

/**
 * Whether both are the same, in a time that does not tell how much of them is.
 *
 * @param expected the attempt’s own; its length is no secret
 */
export function sameState(expected: string, told: string | null): boolean {
  if (told === null || expected === '') return false;
  let different = expected.length ^ told.length;
  for (let index = 0; index < expected.length; index++) {
    // Past the end there is NaN, which counts as 0; the lengths have been compared.
    different |= expected.charCodeAt(index) ^ told.charCodeAt(index);
  }
  return different === 0;
}

/** Printable ASCII: anything else has to be escaped in a query, so whatever sent it is no browser. */
const OF_A_QUERY = /^[!-"$-~]*$/;

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
