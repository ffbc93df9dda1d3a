import type { Fingerprint, FingerprintOf } from '../secret.ts';

/** The credential headers among custom headers; the value of a `Bearer` one without that word. */
export interface CustomHeaders {
  readonly authorization: Fingerprint | null;
  readonly xApiKey: Fingerprint | null;
  /** Headers that are named without a value: they go out empty in place of what would be sent (measured). */
  readonly blank: { readonly authorization: boolean; readonly xApiKey: boolean };
}

/**
 * Reads `Name: value` lines. Names are compared without case, as in HTTP; of several lines with one name the last counts.
 */
export function parseCustomHeaders(text: string, fingerprintOf: FingerprintOf): CustomHeaders {
  let authorization: Fingerprint | null = null;
  let xApiKey: Fingerprint | null = null;
  const blank = { authorization: false, xApiKey: false };
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'authorization') {
      blank.authorization = value === '';
      authorization = value === '' ? null : fingerprintOf(value.replace(/^bearer\s+/i, ''));
    }
    if (name === 'x-api-key') {
      blank.xApiKey = value === '';
      xApiKey = value === '' ? null : fingerprintOf(value);
    }
  }
  return { authorization, xApiKey, blank };
}
