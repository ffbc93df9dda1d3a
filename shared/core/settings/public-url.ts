/** `scheme://` + optional user info + host, port and path; no dependency on a URL parser, which the core does not have. */
const URL_SHAPE = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?([^/?#]*)([^?#]*)/i;
/** Control characters, marks that turn the reading direction, blanks: a folder's own settings may hold them on purpose. */
const NOT_IN_URLS = /[\p{C}\p{Z}]/gu;
/** A path segment this long that mixes letters and digits is more likely a token than a name. */
const LONG_SEGMENT = 24;
/** Longer than any address that people use. */
const LONGEST = 400;

/**
 * A URL that may be shown: without user, password, query and fragment, and with long token-like path segments hidden. Text
 * that is no URL is not shown at all, because nobody knows what it is.
 */
export function publicUrl(text: string): string | null {
  if (text === '') return null;
  const match = URL_SHAPE.exec(text);
  if (match === null) return '[not a URL]';
  const [, scheme = '', host = '', path = ''] = match.map((part) => part.replaceAll(NOT_IN_URLS, '\ufffd'));
  const shown = path
    .split('/')
    .map((segment) => (segment.length >= LONG_SEGMENT && /\d/.test(segment) ? '…' : segment))
    .join('/');
  const url = `${scheme.toLowerCase()}${host.toLowerCase()}${shown}`;
  return url.length > LONGEST ? `${url.slice(0, LONGEST)}…` : url;
}

/** Whether a public URL points to the first-party API or console hosts. */
export function isFirstPartyHost(url: string): boolean {
  const host = /^https:\/\/([^/:]+)/.exec(url)?.[1];
  return host === 'api.anthropic.com';
}
