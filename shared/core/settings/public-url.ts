/** `scheme://` + optional user info + host, port and path; no dependency on a URL parser, which the core does not have. */
const URL_SHAPE = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?([^/?#]*)([^?#]*)/i;
/** Control characters, marks that turn the reading direction, blanks: a folder's own settings may hold them on purpose. */
const notInUrls = (): RegExp => /[\p{C}\p{Z}]/gu;
/** What nearly every address is made of; the tables behind the pattern above are costly to make. */
const ORDINARY = /^[!-~]*$/;
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
  const clean = (part: string): string =>
    ORDINARY.test(part) ? part : part.replaceAll(notInUrls(), '\ufffd');
  const [, scheme = '', host = '', path = ''] = match.map(clean);
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
