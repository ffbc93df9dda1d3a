import type { Fingerprint } from '../core/secret.ts';
import type { Fingerprints } from '../ports/fingerprints.ts';
import { encodeUtf8 } from './utf8.ts';

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;
const DIGITS = 12;

/**
 * The same for the same secret in every run, so that a test can name it. Nothing of a made-up secret can be seen in it,
 * but it has no key: for tests only.
 */
export function plainFingerprints(key: Fingerprints['key'] = 'installation'): Fingerprints {
  return { of: fingerprintOf, key, forget: () => undefined };
}

function fingerprintOf(secret: string): Fingerprint {
  let hash = FNV_OFFSET;
  for (const byte of encodeUtf8(secret)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
  return hash.toString(16).padStart(16, '0').slice(-DIGITS) as Fingerprint;
}
