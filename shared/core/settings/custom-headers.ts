import { isSendable } from './header-value.ts';
import type { Fingerprint, FingerprintOf } from '../secret.ts';

/** The credential headers among custom headers; the value of a `Bearer` one without that word. */
export interface CustomHeaders {
  readonly authorization: Fingerprint | null;
  readonly xApiKey: Fingerprint | null;
  /** Headers that are named without a value: they go out empty in place of what would be sent (measured). */
  readonly blank: { readonly authorization: boolean; readonly xApiKey: boolean };
  /** Authorization holds the word `Bearer` and nothing behind it. */
  readonly bearerAlone: boolean;
  /** Authorization is named once more in another spelling: tokens and helpers take the place of the usual one only (measured). */
  readonly respelled: boolean;
  /** What no request can have as a header: Claude Code fails where it would be sent (measured). */
  readonly unsendable: { readonly authorization: boolean; readonly others: boolean };
}

const AUTHORIZATION = 'Authorization';
/** What the name of a header is made of, in HTTP. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Reads `Name: value` lines. Each spelling of a name is a header of its own, in the place of its first line and with the value
 * of its last; of the spellings of one name the last counts (measured).
 */
export function parseCustomHeaders(text: string, fingerprintOf: FingerprintOf): CustomHeaders {
  const headers = headersOf(text);
  const authorization = lastOf(headers, 'authorization');
  const xApiKey = lastOf(headers, 'x-api-key');
  const secret = (value: string | undefined): Fingerprint | null =>
    value === undefined || value === '' ? null : fingerprintOf(value);
  return {
    authorization: secret(authorization?.value.replace(/^bearer\s+/i, '')),
    xApiKey: secret(xApiKey?.value),
    blank: { authorization: authorization?.value === '', xApiKey: xApiKey?.value === '' },
    bearerAlone: /^bearer$/i.test(authorization?.value ?? ''),
    respelled: headers.has(AUTHORIZATION) && authorization?.name !== AUTHORIZATION,
    unsendable: {
      authorization: !isSendable(authorization?.value ?? ''),
      others: [...headers].some(
        ([name, value]) => !NAME.test(name) || (name.toLowerCase() !== 'authorization' && !isSendable(value)),
      ),
    },
  };
}

function headersOf(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon >= 0) headers.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  return headers;
}

function lastOf(
  headers: ReadonlyMap<string, string>,
  lowerName: string,
): { readonly name: string; readonly value: string } | undefined {
  const [name, value] = [...headers].findLast(([known]) => known.toLowerCase() === lowerName) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}
