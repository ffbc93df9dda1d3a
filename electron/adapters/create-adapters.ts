import { join } from 'node:path';
import type { Environment } from '../../shared/ports/environment.ts';
import type { KeychainItems } from '../../shared/ports/keychain-items.ts';
import type { Ports } from '../../shared/ports/ports.ts';
import type { ManagedPreferences, SessionVariables } from '../../shared/ports/session-variables.ts';
import { keyedFingerprints } from './crypto/keyed-fingerprints.ts';
import { nodeDigests } from './crypto/node-digests.ts';
import { processEnvironment } from './environment/process-environment.ts';
import { nodeFileStore } from './files/node-file-store.ts';
import { nodeFolderTree } from './files/node-folder-tree.ts';
import { nodeProcessRunner } from './process/node-process-runner.ts';
import { systemClock } from './time/system-clock.ts';

/** The composition root: the one place that looks at the platform. */
export function createAdapters(): Ports {
  const environment = processEnvironment(platformOf(process.platform));
  const reach = { environment, files: nodeFileStore, processes: nodeProcessRunner };
  return {
    ...reach,
    folders: nodeFolderTree,
    clock: systemClock,
    fingerprints: keyedFingerprints(dataFolder(environment)),
    digests: nodeDigests,
    ...systemStores(reach),
  };
}

type Reach = Pick<Ports, 'environment' | 'files' | 'processes'>;

interface SystemStores {
  readonly session: SessionVariables;
  readonly managed: ManagedPreferences;
  readonly keychain: KeychainItems | null;
}

/** Loaded when first asked: no system pays at start-up for the adapters of another, nor for its own that it does not need. */
function systemStores(reach: Reach): SystemStores {
  switch (reach.environment.platform) {
    case 'linux':
      return {
        session: {
          read: async (names, ask) =>
            ask ? (await import('./linux/systemd-session.ts')).systemdSession(reach).read(names, ask) : [],
        },
        managed: { read: () => Promise.resolve([]) },
        keychain: null,
      };
    case 'darwin':
      return {
        session: {
          read: async (names, ask) =>
            (await import('./darwin/launchd-session.ts')).launchdSession(reach).read(names, ask),
        },
        managed: {
          read: async () =>
            (await import('./darwin/managed-preferences.ts')).managedPreferences(reach).read(),
        },
        keychain: {
          find: async (service, account) =>
            (await import('./darwin/security-keychain.ts')).securityKeychain(reach).find(service, account),
        },
      };
    case 'win32':
      return {
        session: {
          read: async (names, ask) =>
            ask ? (await import('./win32/registry-session.ts')).registrySession(reach).read(names, ask) : [],
        },
        managed: {
          read: async () => (await import('./win32/registry-policies.ts')).registryPolicies(reach).read(),
        },
        keychain: null,
      };
  }
}

function platformOf(platform: NodeJS.Platform): Environment['platform'] {
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}

/** Credence's own folder, the only place it writes to unasked. */
function dataFolder({ platform, variables, home }: Environment): string | null {
  if (home === null) return null;
  switch (platform) {
    case 'linux':
      return join(variables['XDG_CONFIG_HOME'] || join(home, '.config'), 'credence');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Credence');
    case 'win32':
      return join(variables['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Credence');
  }
}
