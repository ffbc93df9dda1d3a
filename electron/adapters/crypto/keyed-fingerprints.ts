import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fingerprint } from '../../../shared/core/secret.ts';
import type { FileStore } from '../../../shared/ports/file-store.ts';
import type { Fingerprints } from '../../../shared/ports/fingerprints.ts';
import { nodeFileStore } from '../files/node-file-store.ts';

const KEY_BYTES = 32;
const DIGITS = 12;

/**
 * HMAC-SHA-256, shortened to 12 hexadecimal digits, under a random key of this installation. The key is made on the first
 * need, in Credence's own data folder; where that cannot be written a key for this run does, and the caller says so.
 */
export function keyedFingerprints(dataFolder: string | null, files: FileStore = nodeFileStore): Fingerprints {
  let key: Buffer | null = null;
  let kept = false;
  const ensure = (): Buffer => {
    if (key !== null) return key;
    const found = dataFolder === null ? null : keptKey(dataFolder, files);
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
    forget: () => {
      key = null;
      kept = false;
    },
  };
}

function keptKey(dataFolder: string, files: FileStore): Buffer | null {
  const path = join(dataFolder, 'fingerprint.key');
  const found = readKey(path, files);
  if (found !== null) return found;
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    chmodSync(dataFolder, 0o700);
    placeKey(dataFolder, path);
  } catch {
    // Not writable, or another command was first: the second look decides.
  }
  return readKey(path, files);
}

/**
 * Written beside and linked into place: a link fails when the name is taken, so of two commands that start together one makes
 * the key and the other reads it whole.
 */
function placeKey(dataFolder: string, path: string): void {
  const temporary = join(dataFolder, `.fingerprint.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeFileSync(temporary, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600, flag: 'wx' });
    linkSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

const LONGEST_KEY_FILE = 200;

function readKey(path: string, files: FileStore): Buffer | null {
  const reading = files.read(path, LONGEST_KEY_FILE);
  const text = reading.state === 'read' ? reading.text.trim() : '';
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : null;
}
