import path from 'node:path';
import type { Environment } from '../../../shared/ports/environment.ts';
import type { ForeignKeyring } from '../../../shared/ports/foreign-keyring.ts';
import type { KeychainItems } from '../../../shared/ports/keychain-items.ts';
import type { ReplacingKeyring } from '../../../shared/ports/keyring.ts';
import { nodeSeal } from '../crypto/node-seal.ts';
import { busAddress } from './dbus/bus-address.ts';
import { foreignKeyring } from './foreign-keyring.ts';
import { keychainProbe } from './keychain-probe.ts';
import { KEYRING_SCRIPT } from './keyring-script.ts';
import { keyringVariables } from './keyring-variables.ts';
import { sealedFiles } from './sealed-files.ts';
import { secretServiceProbe } from './secret-service-probe.ts';
import { nodeKeyringProcess, noKeyringProcess, type StartKeyringProcess } from './start-keyring-process.ts';
import { systemKeyring } from './system-keyring.ts';

/**
 * Windows takes 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE), and half of that where an item is seen as UTF-16 by other programs;
 * with a margin.
 */
const MOST_BYTES_OF_WINDOWS = 1_200;

export interface KeyringSystem {
  readonly environment: Pick<Environment, 'platform' | 'variables' | 'userId'>;
  /** On macOS. */
  readonly keychain: KeychainItems | null;
  /** Credence’s own folder, for what is too large for the keychain. */
  readonly folder: string | null;
  /** By default a process of this Node; Electron’s program is none, so there it has to be given. */
  readonly start?: StartKeyringProcess;
}

/** The keychain of this system. Looks for its bus only when it is called, and starts nothing before it is asked. */
export function keyringOfSystem(system: KeyringSystem): ReplacingKeyring {
  const { environment, keychain, folder, start = usualProcess() } = system;
  const { platform, variables, userId } = environment;
  const bus = platform === 'linux' ? busAddress(variables) : null;
  const ofMac = keychain === null ? null : keychainProbe(keychain);
  return systemKeyring({
    start,
    variables: keyringVariables(platform, variables, bus),
    probe: platform === 'linux' ? secretServiceProbe(bus, userId ?? 0) : ofMac,
    mostBytes: platform === 'win32' ? MOST_BYTES_OF_WINDOWS : null,
    sealed: folder === null ? null : sealedFiles(path.join(folder, 'sealed'), nodeSeal),
  });
}

/** The items of other programs on this system, as `Claude Code-credentials` on macOS. */
export function foreignKeyringOfSystem(system: Omit<KeyringSystem, 'folder'>): ForeignKeyring {
  const { environment, start = usualProcess() } = system;
  const { platform, variables } = environment;
  const bus = platform === 'linux' ? busAddress(variables) : null;
  return foreignKeyring(start, keyringVariables(platform, variables, bus));
}

/** Started with a script, Electron’s own program would open the app once more. */
function usualProcess(): StartKeyringProcess {
  return process.versions['electron'] === undefined ? nodeKeyringProcess(KEYRING_SCRIPT) : noKeyringProcess;
}
