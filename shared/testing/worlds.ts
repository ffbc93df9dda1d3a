import { SETTINGS_SCOPES, type SettingsScope } from '../core/origin.ts';
import type { Context, Mode } from '../core/context.ts';
import { managedFolder } from '../core/known-folders.ts';
import { joinPath } from '../core/paths.ts';
import type { Environment } from '../ports/environment.ts';
import type { Ports } from '../ports/ports.ts';
import type { GatherRequest } from '../usecases/gather/gather-request.ts';
import type { FileTree, FileTreeEntry } from './file-tree.ts';
import { fixedClock, SOME_NOON } from './fixed-clock.ts';
import { madeUpEnvironment } from './made-up-environment.ts';
import { madeUpShell } from './made-up-shell.ts';
import { memoryFileStore } from './memory-file-store.ts';
import { memoryFolderTree } from './memory-folder-tree.ts';
import { memoryManagedPreferences, memorySessionVariables } from './memory-session.ts';
import { memoryWeb } from './memory-web.ts';
import { plainFingerprints } from './plain-fingerprints.ts';
import { memoryKeyring } from './memory-keyring.ts';
import { pureDigests } from './pure-digests.ts';
import { settleWorld, type World } from './recorded-world.ts';
import { scriptedProcessRunner, type Script, type ScriptedProcessRunner } from './scripted-process-runner.ts';

/** Where the worlds in memory lie. */
export const WORLD_HOME = '/home/p';
export const WORLD_PROJECT = '/home/p/app';

/** Newest of the recorded versions. */
const NEWEST_RECORDED = '2.1.328';

export interface WorldOptions {
  /** Milliseconds since 1970. */
  readonly now?: number;
  /** What a world's `files` cannot say: links, FIFOs, modes, denied ones. Absolute paths, or with `~` and `$PROJ`. */
  readonly entries?: FileTree;
  /** Replaces the shell that knows what the helpers of recorded worlds do. */
  readonly script?: Script;
  readonly environment?: Partial<Environment>;
  /** Replaces whole ports. */
  readonly ports?: Partial<Ports>;
}

/** A world in memory, and the question that it was recorded for. */
export interface WorldPorts {
  readonly ports: Ports;
  readonly processes: ScriptedProcessRunner;
  readonly request: GatherRequest;
  readonly context: Context;
}

/**
 * Lays a recorded world, or one written like it, into ports that hold everything in memory. The question is that of the
 * terminal command with `--run-helper`.
 *
 * @throws {Error} when the world cannot be laid
 */
export function worldPorts(world: World, options: WorldOptions = {}): WorldPorts {
  const { now = SOME_NOON, entries = {}, script = shellOnly, environment = {} } = options;
  const settled = settleWorld(world, { home: WORLD_HOME, project: WORLD_PROJECT, now });
  const inManaged = (path: string): string => joinPath('posix', managedFolder('linux'), path);
  const tree: Record<string, FileTreeEntry> = {
    [WORLD_HOME]: { kind: 'folder' },
    [settled.folder]: { kind: 'folder' },
    ...Object.fromEntries(settled.files),
    ...Object.fromEntries([...settled.managed].map(([path, text]) => [inManaged(path), text])),
    ...Object.fromEntries(Object.entries(entries).map(([path, entry]) => [placed(path), entry])),
  };
  const made = madeUpEnvironment({
    variables: { PATH: '/usr/bin:/bin', ...settled.variables },
    home: settled.variables['HOME'] ?? null,
    workingFolder: settled.folder,
    ...environment,
  });
  const files = memoryFileStore(tree, { ownerId: made.userId ?? 0 });
  const processes = scriptedProcessRunner(script, {
    isFolder: (path) => files.inspect(path)?.kind === 'folder',
  });
  const ports: Ports = {
    environment: made,
    files,
    folders: memoryFolderTree(tree),
    clock: fixedClock(now),
    fingerprints: plainFingerprints(),
    digests: pureDigests,
    keyring: memoryKeyring(),
    processes,
    session: memorySessionVariables(),
    managed: memoryManagedPreferences(),
    keychain: null,
    web: memoryWeb(() => null),
    ...options.ports,
  };
  const { mode = 'print', version = NEWEST_RECORDED } = world;
  return {
    ports,
    processes,
    request: requestOf(settled.folder, mode, version, settled.args),
    context: {
      mode,
      claudeCode: { version, from: 'flag' },
    },
  };
}

const shellOnly: Script = ({ file, args, folder }) =>
  file === '/bin/sh' ? madeUpShell(args[1] ?? '', folder) : null;

function placed(path: string): string {
  return path.replace(/^~(?=\/|$)/, WORLD_HOME).replace(/^\$PROJ(?=\/|$)/, WORLD_PROJECT);
}

function requestOf(folder: string, mode: Mode, version: string, args: readonly string[]): GatherRequest {
  const valueOf = (flag: string): string | null => {
    const at = args.lastIndexOf(flag);
    return at < 0 ? null : (args[at + 1] ?? null);
  };
  const sources = valueOf('--setting-sources')?.split(',') ?? null;
  return {
    folder,
    surface: 'terminal',
    mode,
    version,
    settingsFlag: valueOf('--settings'),
    settingSources: sources?.filter(isScope) ?? null,
    terminal: 'this',
    restricted: args.includes('--restricted'),
    askShell: false,
    askSession: false,
    runHelper: true,
    brief: false,
  };
}

function isScope(name: string): name is SettingsScope {
  return (SETTINGS_SCOPES as readonly string[]).includes(name);
}
