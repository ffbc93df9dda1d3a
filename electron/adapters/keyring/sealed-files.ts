import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Bytes } from '../../../shared/core/remedies/text-edit.ts';
import type { KeyringItem } from '../../../shared/ports/keyring.ts';
import type { Seal } from '../../../shared/ports/seal.ts';
import { nodeFileStore } from '../files/node-file-store.ts';
import { writePrivateFile } from './private-file.ts';

/**
 * Where secrets are kept that are too large for the keychain: sealed, each under a key of its own, which is what the keychain then
 * holds. A file has a new name every time, which the keychain’s entry says: no file can pass for a newer one.
 */
export interface SealedFiles {
  /** @returns what the keychain is to hold; `null` when it could not be written */
  put(item: KeyringItem, secret: Bytes): Bytes | null;
  /** `null`: not there, altered, or not for this item. */
  open(item: KeyringItem, envelope: Bytes): Bytes | null;
  /** Removes the files of this item that nothing leads to any more. */
  prune(item: KeyringItem, current: Bytes | null): void;
}

const KEY_BYTES = 32;
const ID_BYTES = 16;
const MOST_BYTES = 32 * 1024 * 1024;
/** Milliseconds. Younger ones may belong to a write that is under way; without their key they are noise. */
const SETTLED = 10 * 60_000;

export function sealedFiles(folder: string, seal: Seal): SealedFiles {
  const fileOf = (item: KeyringItem, id: Bytes): string =>
    path.join(folder, `${nameOf(item)}.${hex(id)}.sealed`);
  return {
    put: (item, secret) => {
      const key = seal.newKey();
      const id = randomBytes(ID_BYTES).toString('latin1');
      const sealed = Buffer.from(seal.seal(key, secret, aboutOf(item, id)), 'latin1').toString('base64url');
      try {
        writePrivateFile(fileOf(item, id), sealed);
      } catch {
        return null;
      }
      return key + id;
    },
    open: (item, envelope) => {
      if (envelope.length !== KEY_BYTES + ID_BYTES) return null;
      const id = envelope.slice(KEY_BYTES);
      const reading = nodeFileStore.read(fileOf(item, id), MOST_BYTES);
      if (reading.state !== 'read') return null;
      const sealed = Buffer.from(reading.text, 'base64url').toString('latin1');
      return seal.open(envelope.slice(0, KEY_BYTES), sealed, aboutOf(item, id));
    },
    prune: (item, current) => {
      const keep = current === null ? null : path.basename(fileOf(item, current.slice(KEY_BYTES)));
      for (const name of namesIn(folder)) {
        if (!name.startsWith(`${nameOf(item)}.`) || name === keep) continue;
        removeSettled(path.join(folder, name), current === null ? 0 : SETTLED);
      }
    },
  };
}

function nameOf({ service, account }: KeyringItem): string {
  return createHash('sha256')
    .update(JSON.stringify([service, account]))
    .digest('hex')
    .slice(0, 32);
}

function aboutOf({ service, account }: KeyringItem, id: Bytes): string {
  return JSON.stringify(['keyring', service, account, hex(id)]);
}

function hex(bytes: Bytes): string {
  return Buffer.from(bytes, 'latin1').toString('hex');
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeSettled(file: string, age: number): void {
  try {
    // A file that was written in this millisecond may be dated a fraction of it ahead of the clock.
    if (age === 0 || Date.now() - statSync(file).mtimeMs >= age) rmSync(file, { force: true });
  } catch {
    // Gone already, or left for the next time.
  }
}
