import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Environment } from '../../shared/ports/environment.ts';
import type { FileWatcher } from '../../shared/ports/file-watcher.ts';
import type { TrayPlace } from '../../shared/ports/tray-place.ts';
import type { KeychainItems } from '../../shared/ports/keychain-items.ts';
import type { ListedKeyring } from '../../shared/usecases/keyring-services/move-to-keyring.ts';
import type { ReplacingKeyring } from '../../shared/ports/keyring.ts';
import type { Ports } from '../../shared/ports/ports.ts';
import type { OwnData } from '../../shared/ports/own-data.ts';
import type { ProcessRunner } from '../../shared/ports/process-runner.ts';
import type { RunningPrograms } from '../../shared/ports/running-programs.ts';
import type { VariableStore } from '../../shared/ports/variable-store.ts';
import type { Scheduler } from '../../shared/ports/scheduler.ts';
import type { ManagedPreferences, SessionVariables } from '../../shared/ports/session-variables.ts';
import type { ChangePorts } from '../../shared/usecases/changes/change-ports.ts';
import type { SignInPorts } from '../../shared/usecases/sign-in/sign-in-ports.ts';
import type { TokenPorts } from '../../shared/usecases/sign-in/token-ports.ts';
import type { Web } from '../../shared/ports/web.ts';
import { KEYS_IN_CLEAR } from './own-data/keys-in-clear.ts';
import { keyedFingerprints } from './crypto/keyed-fingerprints.ts';
import { nodeDigests } from './crypto/node-digests.ts';
import { processEnvironment } from './environment/process-environment.ts';
import { nodeFileStore } from './files/node-file-store.ts';
import { nodeFolderTree } from './files/node-folder-tree.ts';
import type { StartKeyringProcess } from './keyring/start-keyring-process.ts';
import type { IsStranger } from './network/node-loopback.ts';
import { installedCommand } from './process/own-command.ts';
import { systemClock } from './time/system-clock.ts';

/** The composition root: the one place that looks at the platform. */
export function createAdapters(): Ports {
  return adaptersFor(processEnvironment(platformOf(process.platform)));
}

/** What changing things needs beside that; nothing of it is loaded before. */
export async function createChangeAdapters(ports: Ports): Promise<ChangePorts> {
  const [
    { nodeFileWriter },
    { changeStore },
    { nodeSeal },
    { nodeScheduler },
    { claudeJsonLock },
    keys,
    vault,
  ] = await Promise.all([
    import('./files/node-file-writer.ts'),
    import('./changes/change-store.ts'),
    import('./crypto/node-seal.ts'),
    import('./time/node-scheduler.ts'),
    import('./files/claude-json-lock.ts'),
    import('../../shared/usecases/changes/keyring-seal-keys.ts'),
    import('../../shared/usecases/changes/keyring-vault.ts'),
  ]);
  const { home, userId } = ports.environment;
  const inClear = await keysInClear(ports.environment);
  const services = {
    keyring: ports.keyring,
    inClear,
    clock: ports.clock,
    scheduler: nodeScheduler,
    seal: nodeSeal,
  };
  return {
    ...ports,
    writer: nodeFileWriter({ home, userId }),
    changes: changeStore(dataFolder(ports.environment), userId),
    seal: nodeSeal,
    sealKeys: keys.keyringSealKeys(services),
    vault: vault.keyringVault(services),
    claudeJsonLock: claudeJsonLock(),
    variableStores: await variableStores(ports),
    programs: await runningPrograms(ports),
  };
}

/** What signing in and out needs; nothing of it is loaded before. */
export async function createSignInAdapters(ports: Ports): Promise<SignInPorts> {
  const [
    { nodeStartedPrograms },
    { userTerminal },
    { systemBrowser },
    { nodeLoopback },
    { openidOidc },
    { fileLocks },
    { ownNotesFolder },
    { nodeScheduler },
  ] = await Promise.all([
    import('./programs/node-started-programs.ts'),
    import('./programs/user-terminal.ts'),
    import('./browser/system-browser.ts'),
    import('./network/node-loopback.ts'),
    import('./oidc/openid-oidc.ts'),
    import('./locks/file-locks.ts'),
    import('./own-data/own-notes-folder.ts'),
    import('./time/node-scheduler.ts'),
  ]);
  const { environment } = ports;
  const folder = dataFolder(environment);
  return {
    ...ports,
    programs: nodeStartedPrograms({ platform: environment.platform }),
    terminals: userTerminal(),
    browser: systemBrowser(environment),
    loopback: nodeLoopback(await strangers(environment)),
    oidc: openidOidc({ variables: environment.variables }),
    locks: fileLocks(folder, environment.userId),
    notes: ownNotesFolder(folder),
    scheduler: nodeScheduler,
  };
}

/** Whom this system can tell from its user. */
async function strangers({ platform, userId, variables }: Environment): Promise<IsStranger> {
  if (platform !== 'linux') return () => false;
  // The kernel’s table does not know that browser.
  if ((await import('./browser/browser-commands.ts')).isInWindows(variables)) return () => false;
  return (await import('./linux/connection-user.ts')).strangerOnLinux('/proc/net', userId);
}

/** What printing a token needs: a fraction of the rest, so that nothing of that is in the way of a command that is run all the time. */
export type TokenAdapters = TokenPorts & Pick<SignInPorts, 'files' | 'environment'>;

/** Most runs read one item of the keychain, in this process; all else is loaded when it is called. */
export async function createTokenAdapters(): Promise<TokenAdapters> {
  const [{ directKeyring }, { ownNotesFolder }, { nodeScheduler }] = await Promise.all([
    import('./keyring/direct-keyring.ts'),
    import('./own-data/own-notes-folder.ts'),
    import('./time/node-scheduler.ts'),
  ]);
  const environment = processEnvironment(platformOf(process.platform));
  const reach = { environment, files: nodeFileStore, processes: lateProcessRunner };
  const folder = dataFolder(environment);
  const { keychain } = systemStores(reach);
  const usual = lateKeyring(environment, keychain);
  const direct = directKeyring({ environment, keychain, folder }, usual);
  const oidc = async (): Promise<SignInPorts['oidc']> =>
    (await import('./oidc/openid-oidc.ts')).openidOidc({ variables: environment.variables });
  return {
    environment,
    files: nodeFileStore,
    clock: systemClock,
    keyring: {
      get: direct.get,
      set: usual.set.bind(usual),
      replace: usual.replace.bind(usual),
      remove: usual.remove.bind(usual),
    },
    oidc: {
      refresh: async (...given) => (await oidc()).refresh(...given),
      revoke: async (...given) => (await oidc()).revoke(...given),
    },
    locks: {
      alone: async (...given) =>
        (await import('./locks/file-locks.ts')).fileLocks(folder, environment.userId).alone(...given),
    },
    notes: ownNotesFolder(folder),
    scheduler: nodeScheduler,
  };
}

/** NOT ENCRYPTED, and only used where the user asks for it; see `insecureFileKeyring`. */
async function keysInClear(environment: Environment): Promise<ListedKeyring> {
  const folder = dataFolder(environment);
  const { insecureFileKeyring, NO_FILES } = await import('./keyring/insecure-file-keyring.ts');
  return folder === null ? NO_FILES : insecureFileKeyring(join(folder, KEYS_IN_CLEAR));
}

/** Where sessions of this system keep variables outside of files. */
async function variableStores(ports: Ports): Promise<readonly VariableStore[]> {
  const { platform } = ports.environment;
  const { fishUniversal } = await import('./fish/fish-universal.ts');
  switch (platform) {
    case 'linux':
      return [(await import('./linux/systemd-variables.ts')).systemdVariables(ports), fishUniversal(ports)];
    case 'darwin':
      return [(await import('./darwin/launchd-variables.ts')).launchdVariables(ports), fishUniversal(ports)];
    case 'win32':
      return [(await import('./win32/registry-variables.ts')).registryVariables(ports)];
  }
}

async function runningPrograms({ environment, fingerprints }: Ports): Promise<RunningPrograms> {
  if (environment.platform !== 'linux') return { list: () => null };
  const { linuxRunningPrograms } = await import('./linux/running-programs.ts');
  return linuxRunningPrograms({
    root: '/proc',
    userId: environment.userId,
    fingerprints,
    processId: process.pid,
  });
}

export interface AppAdapters {
  readonly ports: Ports;
  readonly changePorts: ChangePorts;
  readonly signInPorts: SignInPorts;
  /** Loads what a first sign-in to an organisation needs; asks nobody. */
  readonly warmSignIn: () => Promise<void>;
  /** The words that run the terminal command; `null` when it is not installed. */
  readonly ownCommand: readonly string[] | null;
  readonly ownData: OwnData;
  readonly watcher: FileWatcher;
  readonly trayPlace: TrayPlace;
  readonly scheduler: Scheduler;
}

/** Credence’s own folder on this system; `null` where there is no home. */
export function ownFolder(): string | null {
  return dataFolder(processEnvironment(platformOf(process.platform)));
}

/**
 * What the tray app needs beside that.
 *
 * @param startKeyring what talks to the keychain, where the program that runs this cannot run a script by itself
 */
export async function createAppAdapters(startKeyring?: StartKeyringProcess): Promise<AppAdapters> {
  const environment = processEnvironment(platformOf(process.platform));
  const [{ ownDataFolder }, { nodeFileWatcher }, { nodeScheduler }, { statusNotifier }] = await Promise.all([
    import('./own-data/own-data-folder.ts'),
    import('./watch/node-file-watcher.ts'),
    import('./time/node-scheduler.ts'),
    import('./linux/status-notifier.ts'),
  ]);
  const ports = adaptersFor(environment, startKeyring);
  const changePorts = await createChangeAdapters(ports);
  const signInPorts = await createSignInAdapters(ports);
  return {
    ports,
    changePorts,
    signInPorts,
    warmSignIn: async () => {
      await (await import('./files/native-files.ts')).nativeFiles();
      await signInPorts.oidc.warm?.();
    },
    ownCommand: installedCommand(environment),
    trayPlace:
      environment.platform === 'linux' ? statusNotifier(ports) : { isThere: () => Promise.resolve(true) },
    ownData: ownDataFolder(dataFolder(environment)),
    watcher: nodeFileWatcher(environment.home),
    scheduler: nodeScheduler,
  };
}

function adaptersFor(environment: Environment, startKeyring?: StartKeyringProcess): Ports {
  const reach = { environment, files: nodeFileStore, processes: lateProcessRunner };
  const stores = systemStores(reach);
  return {
    ...reach,
    folders: nodeFolderTree,
    clock: systemClock,
    fingerprints: keyedFingerprints(dataFolder(environment)),
    digests: nodeDigests,
    ...stores,
    keyring: lateKeyring(environment, stores.keychain, startKeyring),
    web: lateWeb(environment),
  };
}

/** Hardly any command asks the keychain, so none pays for it at the start. */
function lateKeyring(
  environment: Environment,
  keychain: KeychainItems | null,
  start?: StartKeyringProcess,
): ReplacingKeyring {
  const open = async (): Promise<ReplacingKeyring> => {
    const { keyringOfSystem } = await import('./keyring/keyring-of-system.ts');
    const folder = dataFolder(environment);
    return keyringOfSystem({ environment, keychain, folder, ...(start === undefined ? {} : { start }) });
  };
  return {
    get: async (item) => {
      const folder = dataFolder(environment);
      if (folder === null || !existsSync(join(folder, KEYS_IN_CLEAR))) return (await open()).get(item);
      const { preferKeyring } = await import('../../shared/usecases/keyring-services/prefer-keyring.ts');
      return preferKeyring(await open(), await keysInClear(environment)).get(item);
    },
    set: async (item, secret) => (await open()).set(item, secret),
    replace: async (...given) => (await open()).replace(...given),
    remove: async (item) => (await open()).remove(item),
  };
}

/** Most answers run nothing, so do not pay for what runs programs. */
const lateProcessRunner: ProcessRunner = {
  run: async (request) => (await import('./process/node-process-runner.ts')).nodeProcessRunner.run(request),
};

/** Hardly any answer asks the network. */
function lateWeb({ variables }: Environment): Web {
  return {
    head: async (request) => (await import('./network/node-web.ts')).nodeWeb({ variables }).head(request),
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

/**
 * Whether text can be written to the descriptors themselves. What a console of Windows shows is not bytes of UTF-8, and its
 * pipes do not wait.
 */
export function canWriteDirectly(): boolean {
  return process.platform !== 'win32';
}

function platformOf(platform: NodeJS.Platform): Environment['platform'] {
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}

/**
 * Credence's own folder, the only place it writes to unasked; `null` where there is no home that is there: a relative one
 * would be wherever somebody happens to stand, and one that is missing is not made.
 */
function dataFolder({ platform, variables, home }: Environment): string | null {
  const named = platform === 'linux' ? variables['XDG_CONFIG_HOME'] : variables['APPDATA'];
  // Relative paths in it are to be passed over (XDG base directory specification).
  const configHome = platform !== 'darwin' && named !== undefined && isAbsolute(named) ? named : null;
  const usable = home !== null && isAbsolute(home) && existsSync(home) ? home : null;
  if (configHome === null && usable === null) return null;
  const within = (...names: readonly string[]): string => configHome ?? join(usable ?? '', ...names);
  switch (platform) {
    case 'linux':
      return join(within('.config'), 'credence');
    case 'darwin':
      return join(within('Library', 'Application Support'), 'Credence');
    case 'win32':
      return join(within('AppData', 'Roaming'), 'Credence');
  }
}
