export interface OpenableUrl {
  /** Put together anew from its parts: what is not a letter, a digit or plain punctuation is escaped in it. */
  readonly url: string;
  /** In small letters; with the port where it is not the scheme’s own. */
  readonly host: string;
}

/** In characters. What hands addresses to browsers on Windows cuts longer ones off. */
export const URL_LIMIT = 2_048;

/**
 * An address that may be handed to a browser: https anywhere, http only where a program on this machine listens, by a literal
 * address. A parser of its own, and a strict one: what parsers disagree about is refused, and nothing is mended.
 *
 * @returns `null`: not such an address
 */
export function openableUrl(text: string): OpenableUrl | null {
  if (text.length > URL_LIMIT) return null;
  const parts = FORM.exec(text);
  if (parts === null) return null;
  const [, scheme = '', name = '', port, path = '', query = '', fragment = ''] = parts;
  const secure = scheme.toLowerCase() === 'https';
  const host = hostOf(name.toLowerCase(), port, secure);
  if (host === null || path.split('/').some(isDots)) return null;
  const rest = [path === '' ? '/' : path, query, fragment];
  if (!rest.every((part) => ESCAPES_ARE_WHOLE.test(part))) return null;
  const url = `${secure ? 'https' : 'http'}://${host}${rest.map(escaped).join('')}`;
  return url.length > URL_LIMIT ? null : { url, host };
}

/** No `user:password@`, no backslash, and nothing beyond printable ASCII; a fragment holds no second `#`. */
const FORM =
  /^(https?):\/\/(\[[^[\]]*\]|[\w.-]+)(?::(\d{1,5}))?(\/[!"$->@-[\]-~]*)?(\?[!"$-[\]-~]*)?(#[!"$-[\]-~]*)?$/i;
const ESCAPES_ARE_WHOLE = /^(?:[^%]|%[0-9a-f]{2})*$/i;

function hostOf(name: string, port: string | undefined, secure: boolean): string | null {
  const isOurs = name === '127.0.0.1' || name === '[::1]';
  if (!isOurs && !(secure && isHostName(name))) return null;
  if (port === undefined) return name;
  const number = Number(port);
  if (number < 1 || number > 65_535) return null;
  return number === (secure ? 443 : 80) ? name : `${name}:${String(number)}`;
}

/** A name or four numbers. What ends like a number is one to some: `127.1`, `0x7f.1`, `1.2.3.010`. */
function isHostName(name: string): boolean {
  const labels = name.split('.');
  if (name.length > 253 || !labels.every((label) => LABEL.test(label))) return false;
  if (!LIKE_A_NUMBER.test(labels.at(-1) ?? '')) return true;
  return labels.length === 4 && labels.every((label) => PLAIN_NUMBER.test(label) && Number(label) < 256);
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const LIKE_A_NUMBER = /^(?:\d+|0x[0-9a-f]*)$/;
const PLAIN_NUMBER = /^(?:0|[1-9]\d{0,2})$/;

/** These are taken out of a path by whoever reads it, so that it leads elsewhere than it says. */
function isDots(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment);
}

/** What a shell, a pattern, a page or a form of addresses gives a meaning to. The same to whom it is for. */
function escaped(part: string): string {
  return part.replace(
    /["'<>[\]^`{|}]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
