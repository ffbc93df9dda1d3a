import type { Bytes } from '../../core/remedies/text-edit.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Seal } from '../../ports/seal.ts';
import { readService, type ReadPorts, type ServiceDefinition, type ServiceError } from './read-service.ts';

const KEY_BYTES = 32;

/** The key that backups are sealed with. */
export const undoSeal: ServiceDefinition<Bytes> = {
  item: { service: 'Credence', account: 'undo-seal' },
  parse: (raw) => (raw.length === KEY_BYTES ? raw : null),
  validate: () => ({ state: 'valid' }),
};

export interface UndoSealPorts extends ReadPorts {
  readonly keyring: Keyring;
  readonly seal: Pick<Seal, 'newKey'>;
  /**
   * Runs alone among all processes of this user. Of two that make the key at the same time, one would seal backups with a key that
   * the other replaces, and nobody could open them again.
   */
  readonly alone: <T>(run: () => Promise<T>) => Promise<T | 'busy'>;
}

export type UndoSealKey =
  | { readonly state: 'key'; readonly key: Bytes }
  | { readonly state: 'none'; readonly error: ServiceError<Bytes> };

/** The key, made on its first use. Whatever is wrong, an existing entry is never replaced: older backups may need it. */
export async function undoSealKey(ports: UndoSealPorts): Promise<UndoSealKey> {
  const found = await read(ports);
  if (found.state === 'key' || found.error.code !== 'NotFound') return found;
  const made = await ports.alone(async () => {
    // Another may have made it while this one waited.
    const again = await read(ports);
    if (again.state === 'key' || again.error.code !== 'NotFound') return again;
    const written = await ports.keyring.set(undoSeal.item, ports.seal.newKey());
    if (written.state === 'stored') return read(ports);
    return none({ code: 'Unavailable', why: written.state === 'too-large' ? 'damaged' : written.state });
  });
  return made === 'busy' ? none({ code: 'Timeout' }) : made;
}

async function read({ keyring, clock, scheduler }: UndoSealPorts): Promise<UndoSealKey> {
  const result = await readService(undoSeal, (item) => keyring.get(item), { clock, scheduler });
  return result.ok ? { state: 'key', key: result.value } : none(result.error);
}

function none(error: ServiceError<Bytes>): UndoSealKey {
  return { state: 'none', error };
}
