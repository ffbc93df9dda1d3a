/** An https address in its parts, for comparing and for writing it anew. */
export interface LinkParts {
  /** Lower case, ASCII, without a port. */
  readonly host: string;
  /** Begins with `/`; percent escapes as they were. */
  readonly path: string;
  /** With its `?`; empty: none. */
  readonly query: string;
  /** With its `#`; empty: none. */
  readonly fragment: string;
}

/** Characters. Windows opens nothing longer (2081, documented for Electron’s `openExternal`), and no login page needs it. */
export const LONGEST_LINK = 2048;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** RFC 3986, without what browsers repair: a backslash, a blank, a bare `%`, an own alphabet. */
const CHARACTER = "(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})";
const LINK = new RegExp(
  `^https://((?:${LABEL}\\.)+[a-z]{2,63})(/${CHARACTER}*)?(\\?(?:${CHARACTER}|\\?)*)?(#(?:${CHARACTER}|\\?)*)?$`,
  'i',
);

/**
 * Takes an address apart; `null` for whatever is not plainly https to a host name: another scheme, a user, a port, a number in
 * place of a name, control characters, too long. Stricter than browsers on purpose: where readers differ, none is asked.
 */
export function linkParts(text: string): LinkParts | null {
  if (text.length > LONGEST_LINK) return null;
  const match = LINK.exec(text);
  if (match === null) return null;
  const [, host = '', path = '/', query = '', fragment = ''] = match;
  return { host: host.toLowerCase(), path, query, fragment };
}

/** The address that these parts make. */
export function linkText({ host, path, query, fragment }: LinkParts): string {
  return `https://${host}${path}${query}${fragment}`;
}

/** A parameter of the query as it stands there, decoded; `null`: not there, several times, or not decodable. */
export function linkParameter(query: string, name: string): string | null {
  const values = query
    .replace(/^\?/, '')
    .split('&')
    .flatMap((pair) => {
      const at = pair.indexOf('=');
      return at > 0 && pair.slice(0, at) === name ? [pair.slice(at + 1)] : [];
    });
  const [value] = values;
  if (value === undefined || values.length > 1) return null;
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
