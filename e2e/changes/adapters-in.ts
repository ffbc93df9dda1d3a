import { changeStore } from '../../electron/adapters/changes/change-store.ts';
import { nodeFileWriter } from '../../electron/adapters/files/node-file-writer.ts';
import { createAdapters, createChangeAdapters } from '../../electron/adapters/create-adapters.ts';
import type { ChangePorts } from '../../shared/usecases/changes/change-ports.ts';
import path from 'node:path';
import { OWN, variablesOf } from './change-scene.ts';

/** The real adapters, for a made-up home and no other. Without a keychain. */
export async function createChangeAdaptersIn(home: string): Promise<ChangePorts> {
  const ports = createAdapters();
  const userId = process.geteuid?.() ?? null;
  const environment = { ...ports.environment, home, userId, variables: variablesOf(home) };
  const own = { ...ports, environment };
  return {
    ...(await createChangeAdapters(own)),
    writer: nodeFileWriter({ home, userId }),
    changes: changeStore(path.join(home, OWN), userId),
    sealKeys: {
      forSealing: () => Promise.resolve({ state: 'none' }),
      forOpening: () => Promise.resolve({ state: 'none' }),
    },
  };
}
