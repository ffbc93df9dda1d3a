import type { Fingerprint, FingerprintOf } from '../secret.ts';

/** The credential headers among custom headers; the value of a `Bearer` one without that word. */
export interface CustomHeaders {
  readonly authorization: Fingerprint | null;
  readonly xApiKey: Fingerprint | null;
}

/**
 * Reads `Name: value` lines. Names are compared without case, as in HTTP; of several lines with one name the last counts.
 */
export function parseCustomHeaders(text: string, fingerprintOf: FingerprintOf): CustomHeaders {
  let authorization: Fingerprint | null = null;
  let xApiKey: Fingerprint | null = null;
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (value === '') continue;
    if (name === 'authorization') authorization = fingerprintOf(value.replace(/^bearer\s+/i, ''));
    if (name === 'x-api-key') xApiKey = fingerprintOf(value);
  }
  return { authorization, xApiKey };
}
