/** What the browser came back with, as far as it is an answer to this attempt at all. */
export type CallbackAnswer = { readonly code: string } | { readonly error: string };

/** Far beyond any code that is known, and far below what a line of HTTP may have. */
const LONGEST = 16_384;

/**
 * Reads the query of a callback; `null`: it is not one of this attempt, or not well formed, so nothing follows from it.
 *
 * No parameter may come twice (RFC 6749, section 3.1). The state comes first, and the issuer before the error: what has the wrong
 * ones may say anything (RFC 9207, section 2.4).
 *
 * @param issuer `required`: the provider promises to name itself
 */
export function readCallback(
  query: string,
  state: string,
  issuer: { readonly name: string; readonly required: boolean },
): CallbackAnswer | null {
  if (query.length > LONGEST || !isWellFormed(query)) return null;
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (found.has(name)) return null;
    found.set(name, value);
  }
  if (found.get('state') !== state) return null;
  const named = found.get('iss');
  if (named === undefined ? issuer.required : named !== issuer.name) return null;
  const code = found.get('code');
  const error = found.get('error');
  // Other ways to answer, which were not asked for.
  if (found.has('response') || found.has('id_token') || found.has('access_token')) return null;
  if (error !== undefined) return code === undefined && error !== '' ? { error } : null;
  return code === undefined || code === '' ? null : { code };
}

/** A parser of queries takes broken escapes for characters; here they are a sign that somebody plays. */
function isWellFormed(query: string): boolean {
  try {
    decodeURIComponent(query);
    return true;
  } catch {
    return false;
  }
}
