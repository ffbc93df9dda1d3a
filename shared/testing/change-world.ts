import type { ChangePorts } from '../usecases/changes/change-ports.ts';
import { keyringSealKeys } from '../usecases/changes/keyring-seal-keys.ts';
import { keyringVault } from '../usecases/changes/keyring-vault.ts';
import { lookRequest } from '../usecases/desk/desk-look.ts';
import type { GatherRequest } from '../usecases/gather/gather-request.ts';
import type { FileTree } from './file-tree.ts';
import { fixedClock, SOME_NOON } from './fixed-clock.ts';
import { madeUpEnvironment } from './made-up-environment.ts';
import { manualScheduler } from './manual-scheduler.ts';
import { memoryChangeStore, type MemoryChangeStoreOptions } from './memory-change-store.ts';
import { memoryDisk, type MemoryDisk } from './memory-disk.ts';
import { memoryFileWriter, type MemoryFileWriterOptions } from './memory-file-writer.ts';
import { memoryFolderTree } from './memory-folder-tree.ts';
import { memoryKeyring, type MemoryKeyring } from './memory-keyring.ts';
import { memoryManagedPreferences, memorySessionVariables } from './memory-session.ts';
import { memoryWeb } from './memory-web.ts';
import { plainFingerprints } from './plain-fingerprints.ts';
import { plainSeal } from './plain-seal.ts';
import { pureDigests } from './pure-digests.ts';
import { scriptedProcessRunner } from './scripted-process-runner.ts';

export interface ChangeWorldOptions {
  /** By absolute path, or with `~`. */
  readonly files?: FileTree;
  readonly variables?: Readonly<Record<string, string>>;
  readonly writer?: MemoryFileWriterOptions;
  readonly store?: MemoryChangeStoreOptions;
  readonly keyring?: MemoryKeyring;
  /** Where keys go that are not encrypted. */
  readonly inClear?: MemoryKeyring;
  readonly ports?: Partial<ChangePorts>;
  /** Kept from outside, a world can be entered anew, as a program does that starts again. */
  readonly disk?: MemoryDisk;
}

export interface ChangeWorld {
  readonly ports: ChangePorts;
  readonly disk: MemoryDisk;
  readonly keyring: MemoryKeyring;
  readonly request: GatherRequest;
  /** What a file holds now; `null`: it is not there. */
  readonly textOf: (path: string) => string | null;
}

const HOME = '/home/p';
const placed = (path: string): string => path.replace(/^~(?=\/|$)/, HOME);

/** A home in memory in which things can be changed. */
export function changeWorld(options: ChangeWorldOptions = {}): ChangeWorld {
  const { files = {}, variables = {}, keyring = memoryKeyring(), inClear = memoryKeyring() } = options;
  const tree = { [HOME]: { kind: 'folder' as const }, ...byPath(files) };
  const disk = options.disk ?? memoryDisk(tree, 1000);
  const environment = madeUpEnvironment({
    variables: { HOME, PATH: '/usr/bin:/bin', SHELL: '/bin/zsh', ...variables },
  });
  const clock = fixedClock(SOME_NOON);
  const seal = plainSeal();
  const services = { keyring, inClear, clock, scheduler: manualScheduler(clock), seal };
  const ports: ChangePorts = {
    environment,
    files: disk.files,
    folders: memoryFolderTree(tree),
    clock,
    fingerprints: plainFingerprints(),
    digests: pureDigests,
    processes: scriptedProcessRunner(() => null),
    session: memorySessionVariables(),
    managed: memoryManagedPreferences(),
    keychain: null,
    web: memoryWeb(() => null),
    keyring,
    writer: memoryFileWriter(disk, options.writer),
    changes: memoryChangeStore(options.store),
    seal,
    sealKeys: keyringSealKeys(services),
    vault: keyringVault(services),
    variableStores: [],
    programs: { list: () => [] },
    claudeJsonLock: {
      hold: async (_path, _milliseconds, run) => ({
        state: 'held',
        value: await run({ isOurs: () => true }),
        kept: true,
      }),
      sweep: () => Promise.resolve(false),
    },
    ...options.ports,
  };
  return {
    ports,
    disk,
    keyring,
    request: {
      ...lookRequest(HOME, 'terminal', { version: '2.1.328', from: 'flag' }, false),
      askShell: false,
    },
    textOf: (path) => {
      const reading = disk.files.read(placed(path), Infinity);
      return reading.state === 'read' ? reading.text : null;
    },
  };
}

function byPath(files: FileTree): FileTree {
  return Object.fromEntries(Object.entries(files).map(([path, entry]) => [placed(path), entry]));
}
