import type { Keyring } from '../../ports/keyring.ts';
import type { Seal } from '../../ports/seal.ts';
import { readService, type ReadPorts } from '../keyring-services/read-service.ts';
import { undoSeal, undoSealKey } from '../keyring-services/undo-seal.ts';
import type { SealKey, SealKeys } from './seal-key.ts';

/**
 * The key in the system’s keychain. It is asked for while the change lock is held, so two processes never make one at the same
 * time. Once known it is kept for the life of the process: it is worth no more than what it seals, which this process reads
 * anyway.
 */
export function keyringSealKeys(
  ports: ReadPorts & { readonly keyring: Keyring; readonly seal: Pick<Seal, 'newKey'> },
): SealKeys {
  let known: SealKey | null = null;
  return {
    forSealing: async () => {
      if (known !== null) return known;
      const found = await undoSealKey({ ...ports, alone: (run) => run() });
      if (found.state === 'none') return { state: 'none' };
      known = { state: 'key', key: found.key };
      return known;
    },
    forOpening: async () => {
      if (known !== null) return known;
      const found = await readService(undoSeal, (item) => ports.keyring.get(item), ports);
      if (!found.ok) return { state: found.error.code === 'NotFound' ? 'none' : 'unavailable' };
      known = { state: 'key', key: found.value };
      return known;
    },
  };
}
