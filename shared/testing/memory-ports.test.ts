import { describe, expect, test } from 'vitest';
import { changeStoreContract } from './change-store-contract.ts';
import { clockContract } from './clock-contract.ts';
import { digestsContract } from './digests-contract.ts';
import { environmentContract } from './environment-contract.ts';
import { fileStoreContract } from './file-store-contract.ts';
import type { FileTree } from './file-tree.ts';
import { fileWatcherContract } from './file-watcher-contract.ts';
import { fileWriterContract } from './file-writer-contract.ts';
import { fingerprintsContract } from './fingerprints-contract.ts';
import { fixedClock } from './fixed-clock.ts';
import { folderTreeContract } from './folder-tree-contract.ts';
import { keychainItemsContract } from './keychain-items-contract.ts';
import { replacingKeyringContract } from './keyring-contract.ts';
import { madeUpEnvironment } from './made-up-environment.ts';
import { manualScheduler } from './manual-scheduler.ts';
import { memoryChangeStore } from './memory-change-store.ts';
import { memoryDisk } from './memory-disk.ts';
import { memoryFileStore } from './memory-file-store.ts';
import { memoryFileWatcher } from './memory-file-watcher.ts';
import { memoryFileWriter, ProgramEnded } from './memory-file-writer.ts';
import { memoryFolderTree } from './memory-folder-tree.ts';
import { memoryKeychainItems } from './memory-keychain-items.ts';
import { memoryKeyring } from './memory-keyring.ts';
import { memoryOwnData } from './memory-own-data.ts';
import { memoryRunningPrograms } from './memory-running-programs.ts';
import { memoryWeb } from './memory-web.ts';
import { memoryVariableStore } from './memory-variable-store.ts';
import { memoryManagedPreferences, memorySessionVariables } from './memory-session.ts';
import { ownDataContract } from './own-data-contract.ts';
import { plainFingerprints } from './plain-fingerprints.ts';
import { pureDigests } from './pure-digests.ts';
import { processRunnerContract } from './process-runner-contract.ts';
import { schedulerContract } from './scheduler-contract.ts';
import { scriptedProcessRunner } from './scripted-process-runner.ts';
import { runningProgramsContract } from './running-programs-contract.ts';
import { webContract } from './web-contract.ts';
import { variableStoreContract } from './variable-store-contract.ts';
import { managedPreferencesContract, sessionVariablesContract } from './session-contract.ts';

/** Every tree lies in a folder of its own on one made-up disk, as real ones would. */
const disk: Record<string, FileTree[string]> = {};
let trees = 0;

function putOnDisk(tree: FileTree): string {
  const root = `/tree-${trees++}`;
  disk[root] = { kind: 'folder' };
  for (const [path, entry] of Object.entries(tree)) disk[`${root}/${path}`] = entry;
  return root;
}

/** In memory nothing has to be waited for, once time has passed. */
const at =
  (pass: () => void) =>
  (what: string, isSo: () => boolean): Promise<void> => {
    pass();
    expect(isSo(), what).toBe(true);
    return Promise.resolve();
  };

const cases = {
  files: fileStoreContract((tree) => {
    const root = putOnDisk(tree);
    return { files: memoryFileStore(disk), root };
  }),
  watcher: fileWatcherContract(() => {
    const disk = memoryDisk({ '/tree': { kind: 'folder' } });
    return { disk, root: '/tree', watcher: memoryFileWatcher(disk), until: at(() => undefined) };
  }),
  writer: fileWriterContract((tree) => {
    const entries = Object.entries(tree).map(([path, entry]) => [`/tree/${path}`, entry]);
    const disk = memoryDisk(Object.fromEntries(entries) as FileTree);
    return { writer: memoryFileWriter(disk, { home: '/tree/home' }), files: disk.files, root: '/tree' };
  }),
  changes: changeStoreContract((trouble) => memoryChangeStore({ unavailable: trouble === 'unavailable' })),
  scheduler: schedulerContract(() => {
    const scheduler = manualScheduler(fixedClock());
    const pass = (): void => {
      scheduler.pass(1000);
    };
    return { scheduler, until: at(pass) };
  }),
  ownData: ownDataContract((trouble) => memoryOwnData(null, trouble)),
  folders: folderTreeContract((tree) => {
    const root = putOnDisk(tree);
    return { folders: memoryFolderTree(disk), root };
  }),
  digests: digestsContract(() => pureDigests),
  keyring: replacingKeyringContract(() => memoryKeyring()),
  processes: processRunnerContract((behaviour) => ({
    runner: scriptedProcessRunner(({ file }) => (file === '/bin/program' ? behaviour : null), {
      isFolder: (path) => path === '/folder',
    }),
    file: '/bin/program',
    folder: '/folder',
  })),
  environment: environmentContract(({ platform, variables }) =>
    madeUpEnvironment({ platform, variables, home: variables['HOME'] ?? null }),
  ),
  variables: variableStoreContract(
    ({ variables, reachable }) => memoryVariableStore(variables, { reachable }),
    { values: [{ state: 'set', value: 'made-up', type: '' }], restores: true },
  ),
  programs: runningProgramsContract(
    (given) => memoryRunningPrograms(given, plainFingerprints()),
    plainFingerprints(),
  ),
  web: webContract((behaviour) => {
    const made = memoryWeb(() => behaviour);
    const asked = (): number => (behaviour === null || 'notTrusted' in behaviour ? 0 : made.requests.length);
    return Promise.resolve({ web: made, url: 'http://127.0.0.1:4000', asked });
  }),
  clock: clockContract(() => fixedClock()),
  fingerprints: fingerprintsContract(() => plainFingerprints()),
  session: sessionVariablesContract(
    ({ found, onlyWhenAsked }) =>
      memorySessionVariables([
        ...found,
        ...onlyWhenAsked.map((one) => ({ ...one, onlyWhenAsked: true }) as const),
      ]),
    {
      found: [{ name: 'A', text: '1', kind: 'systemd', path: '/p' }],
      onlyWhenAsked: [{ name: 'B', text: '', kind: 'launchd', path: '/q' }],
    },
  ),
  preferences: managedPreferencesContract(memoryManagedPreferences, [
    { path: '/p', text: '{}', rank: 'above-files' },
  ]),
  keychain: keychainItemsContract((items, trouble) =>
    memoryKeychainItems(items, { state: trouble ?? 'absent' }),
  ),
};

describe.each(Object.entries(cases))('%s', (_, suite) => {
  test.each(suite)('$title', ({ run }) => run());
});

test('What a scripted program was asked for can be seen.', async () => {
  const runner = scriptedProcessRunner(() => ({}));
  const request = {
    file: '/bin/sh',
    args: ['-c', 'x'],
    folder: '/',
    variables: {},
    deadline: 1,
    maxBytes: 1,
  };
  await runner.run(request);
  expect(runner.requests).toEqual([request]);
});

test('A scripted program that takes longer than its deadline is timed out.', async () => {
  const runner = scriptedProcessRunner(() => ({ milliseconds: 101 }));
  const request = { file: '/bin/sh', args: [], folder: '/', variables: {}, deadline: 100, maxBytes: 1 };
  expect(await runner.run(request)).toEqual({ state: 'timed-out', milliseconds: 100 });
});

test('Windows paths are taken with either separator.', () => {
  const files = memoryFileStore({ 'C:\\Users\\p\\.claude\\settings.json': '{}' }, { style: 'win32' });
  expect(files.read('C:/Users/p/.claude/settings.json', 10)).toMatchObject({
    state: 'read',
    realPath: 'C:\\Users\\p\\.claude\\settings.json',
  });
  expect(files.list('C:\\Users\\p')).toEqual(['.claude']);
  expect(files.read('Users\\p', 10)).toEqual({ state: 'absent' });
});

test('A clock in memory moves when it is told to.', () => {
  const clock = fixedClock(1000);
  clock.advance(-1);
  expect(clock.now()).toBe(999);
});

test('A path that a disk in memory reads as before has not changed.', () => {
  const disk = memoryDisk({ '/d/f': 'a' });
  const watcher = memoryFileWatcher(disk);
  const heard: (string | null)[] = [];
  watcher.onChange((path) => heard.push(path));
  watcher.watch(new Set(['/d/f']), new Set());
  disk.makeFolder('/e');
  disk.write('/e/f', 'b');
  expect(heard).toEqual([]);
  disk.write('/d/f', 'a');
  expect(heard).toEqual(['/d/f']);
});

test('Own data in memory can also be such that something of it is always left.', () => {
  const own = memoryOwnData('a', 'unremovable');
  expect([own.remove(), own.read()]).toEqual([false, 'a']);
});

test('A writer in memory can refuse, or be the last thing that a program did.', async () => {
  const disk = memoryDisk({ '/home/p/f': 'old' });
  const writer = memoryFileWriter(disk, {
    strike: ({ number }) => (['no-space', 'ends-before', 'ends-after'] as const)[number - 1] ?? null,
  });
  const before = await writer.look('/home/p/f');
  const digest = before.state === 'file' ? before.digest : '';
  const textNow = (): unknown => disk.files.read('/home/p/f', 100);
  expect(await writer.replace('/home/p/f', digest, 'new')).toEqual({ ok: false, why: 'no-space' });
  await expect(writer.replace('/home/p/f', digest, 'new')).rejects.toThrow(ProgramEnded);
  expect(textNow()).toMatchObject({ text: 'old' });
  await expect(writer.replace('/home/p/f', digest, 'new')).rejects.toThrow(ProgramEnded);
  expect(textNow()).toMatchObject({ text: 'new' });
  expect(writer.calls.map(({ kind }) => kind)).toEqual(['replace', 'replace', 'replace']);
});

test('What a file in memory cannot have can be told of it.', async () => {
  const disk = memoryDisk({ '/home/p/f': 'old' });
  const writer = memoryFileWriter(disk, { refuse: (path) => (path === '/home/p/f' ? 'immutable' : null) });
  expect(await writer.look('/home/p/f')).toEqual({ state: 'refused', why: 'immutable' });
  expect(await writer.look('/home/p/g')).toEqual({ state: 'absent' });
});

test('A store in memory can fail, end a program, and be opened anew.', () => {
  const blobs = new Map<string, string>();
  const store = memoryChangeStore({
    blobs,
    strike: ({ number }) => (['fails', 'ends-before', 'ends-after'] as const)[number - 1] ?? null,
  });
  expect(store.write('a', '1')).toBe(false);
  expect(() => store.write('a', '2')).toThrow(ProgramEnded);
  expect(store.names()).toEqual([]);
  expect(() => store.write('a', '3')).toThrow(ProgramEnded);
  expect(memoryChangeStore({ blobs }).read('a')).toBe('3');
});
