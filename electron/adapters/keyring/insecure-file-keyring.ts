import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Keyring, KeyringAnswer, KeyringItem } from '../../../shared/ports/keyring.ts';
import type { ListedKeyring } from '../../../shared/usecases/keyring-services/move-to-keyring.ts';
import { nodeFileStore } from '../files/node-file-store.ts';
import { frame, unframe } from './framed-secret.ts';
import { writePrivateFile } from './private-file.ts';

export interface InsecureFileKeyring extends Keyring {
  /** Named insecure, wherever it is told about. */
  readonly folder: string;
  /** What is kept here in clear, for diagnostics and for moving. */
  items(): readonly KeyringItem[];
}

const ENDING = '.insecure.json';
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * NOT ENCRYPTED: whoever reads this user’s files reads the secrets. Only for a system without a keychain, and only when the user
 * has asked for exactly this. A file for each item, for this user alone.
 */
export function insecureFileKeyring(folder: string): InsecureFileKeyring {
  const fileOf = (item: KeyringItem): string => path.join(folder, `${nameOf(item)}${ENDING}`);
  return {
    folder,
    get: (item) => Promise.resolve(read(fileOf(item), item)),
    set: (item, secret) => {
      const { service, account } = item;
      const stored = frame(item, { kind: 'whole', payload: secret });
      try {
        const text = JSON.stringify({ warning: 'not encrypted', service, account, stored });
        writePrivateFile(fileOf(item), `${text}\n`);
      } catch {
        return Promise.resolve({ state: 'denied' });
      }
      const back = read(fileOf(item), item);
      return Promise.resolve({
        state: back.state === 'found' && back.secret === secret ? 'stored' : 'damaged',
      });
    },
    remove: (item) => {
      try {
        rmSync(fileOf(item), { force: true });
        return Promise.resolve({ state: 'removed' });
      } catch {
        return Promise.resolve({ state: 'denied' });
      }
    },
    items: () =>
      namesIn(folder).flatMap((name): readonly KeyringItem[] => {
        const entry = entryIn(path.join(folder, name));
        return entry === null ? [] : [{ service: entry.service, account: entry.account }];
      }),
  };
}

/** Where there is no folder of Credence’s own. */
export const NO_FILES: ListedKeyring = {
  items: () => [],
  get: () => Promise.resolve({ state: 'absent' }),
  set: () => Promise.resolve({ state: 'denied' }),
  remove: () => Promise.resolve({ state: 'removed' }),
};

function nameOf({ service, account }: KeyringItem): string {
  return createHash('sha256')
    .update(JSON.stringify([service, account]))
    .digest('hex');
}

function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder) || !lstatSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .sort();
}

function read(file: string, item: KeyringItem): KeyringAnswer {
  const reading = nodeFileStore.read(file, MOST_BYTES);
  if (reading.state === 'absent') return { state: 'absent' };
  if (reading.state === 'denied') return { state: 'denied' };
  const framed = unframe(item, entryIn(file)?.stored ?? '');
  return framed === null ? { state: 'damaged' } : { state: 'found', secret: framed.payload };
}

interface Entry extends KeyringItem {
  readonly stored: string;
}

function entryIn(file: string): Entry | null {
  const reading = nodeFileStore.read(file, MOST_BYTES);
  if (reading.state !== 'read') return null;
  try {
    const value: unknown = JSON.parse(reading.text);
    const { service, account, stored } = { ...(value as Readonly<Record<string, unknown>>) };
    if (typeof service !== 'string' || typeof account !== 'string' || typeof stored !== 'string') return null;
    return { service, account, stored };
  } catch {
    return null;
  }
}
