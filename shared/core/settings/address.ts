import type { Fingerprint, FingerprintOf } from '../secret.ts';

/** What an address holds beside what may be shown of it. */
export interface Address {
  /** User and password in front of the host, as `user:password`. */
  readonly login: Fingerprint | null;
  /** Whether a request can be made to it: an `http` or `https` URL that a URL parser takes. */
  readonly usable: boolean;
}

/** `http:host`, `http:/host` and backslashes lead to the same as `http://host`: a URL parser takes them all (measured). */
const SHAPE = /^https?:[/\\]*(?:([^/\\?#]*)@)?([^/\\?#]*)/i;
const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d*))?$/i;
/** What no host may hold, also escaped: blanks, control characters, and these marks. */
const NOT_IN_HOSTS = /[\p{Cc}\s"<>^`{|}%]/u;
const ALL_NUMBERS = /^[\d.]+$/;
const HIGHEST_PORT = 65_535;
const NUMBERS_OF_AN_ADDRESS = 4;

/** Reads an address as Claude Code does: trimmed, and tabs and line ends within it do not count. */
export function parseAddress(text: string, fingerprintOf: FingerprintOf): Address {
  const match = SHAPE.exec(text.trim().replaceAll(/[\t\r\n]/g, ''));
  if (match === null) return { login: null, usable: false };
  const [, login = '', host = ''] = match;
  const [user = '', ...rest] = login.split(':').map(unescaped);
  const password = rest.join(':');
  const isLogin = user !== '' || password !== '';
  return {
    login: isLogin ? fingerprintOf(`${user}:${password}`) : null,
    usable: isHost(host),
  };
}

function isHost(text: string): boolean {
  const [, host = '', port = ''] = HOST_AND_PORT.exec(text) ?? [];
  const name = unescaped(host);
  if (name === '' || NOT_IN_HOSTS.test(name) || Number(port) > HIGHEST_PORT) return false;
  if (!ALL_NUMBERS.test(name)) return true;
  const numbers = name.split('.');
  return numbers.length <= NUMBERS_OF_AN_ADDRESS && numbers.every((number) => Number(number) <= 255);
}

/** What stands for itself where it is no escape. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
