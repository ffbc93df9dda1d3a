import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fingerprint } from '../../../shared/core/secret.ts';
import type { Fingerprints } from '../../../shared/ports/fingerprints.ts';

const KEY_BYTES = 32;
const DIGITS = 12;

/**
 * HMAC-SHA-256, shortened to 12 hexadecimal digits, under a random key of this installation. The key is made on the first
 * need, in Credence's own data folder; where that cannot be written a key for this run does, and the caller says so.
 */
export function keyedFingerprints(dataFolder: string | null): Fingerprints {
  let key: Buffer | null = null;
  let kept = false;
  const ensure = (): Buffer => {
    if (key !== null) return key;
    const found = dataFolder === null ? null : keptKey(dataFolder);
    kept = found !== null;
    key = found ?? randomBytes(KEY_BYTES);
    return key;
  };
  return {
    of: (secret) =>
      createHmac('sha256', ensure()).update(secret, 'utf8').digest('hex').slice(0, DIGITS) as Fingerprint,
    get key() {
      ensure();
      return kept ? 'installation' : 'this-run';
    },
  };
}

function keptKey(dataFolder: string): Buffer | null {
  const path = join(dataFolder, 'fingerprint.key');
  const found = readKey(path);
  if (found !== null) return found;
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    chmodSync(dataFolder, 0o700);
    // Exclusive: of two commands that start together one makes the key, the other reads it.
    writeFileSync(path, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch {
    // Not writable, or the other one was first: the second look decides.
  }
  return readKey(path);
}

function readKey(path: string): Buffer | null {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : null;
  } catch {
    return null;
  }
}
