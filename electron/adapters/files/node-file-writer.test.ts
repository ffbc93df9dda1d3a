import { spawnSync } from 'node:child_process';
import { linkSync, lstatSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { layTree } from '../../../e2e/support/lay-tree.ts';
import { onLinux, onPosix } from '../../../e2e/support/on-system.ts';
import type { FileWriter, WriteAnswer } from '../../../shared/ports/file-writer.ts';
import { fileWriterContract } from '../../../shared/testing/file-writer-contract.ts';
import type { FileTree } from '../../../shared/testing/file-tree.ts';
import { memoryDisk } from '../../../shared/testing/memory-disk.ts';
import { digestOf, memoryFileWriter } from '../../../shared/testing/memory-file-writer.ts';
import { nodeFileStore } from './node-file-store.ts';
import { nodeFileWriter } from './node-file-writer.ts';

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

const userId = process.geteuid?.() ?? null;
/** The account that owns nothing, by Linux's oldest convention. */
const NOBODY = 65_534;

function lay(tree: FileTree): { readonly root: string; readonly home: string; readonly writer: FileWriter } {
  const root = layTree(tree);
  roots.push(root);
  const home = path.join(root, 'home');
  return { root, home, writer: nodeFileWriter({ home, userId }) };
}

/** Permissions keep the administrator out of nothing, so then another account is asked, by a program of its own. */
function layForContract(tree: FileTree): { readonly root: string; readonly writer: FileWriter } {
  const { root, home, writer } = lay(tree);
  const keepsOut = Object.values(tree).some(
    (entry) => typeof entry !== 'string' && 'mode' in entry && entry.kind === 'folder',
  );
  const isDenied = Object.values(tree).some((entry) => typeof entry !== 'string' && 'denied' in entry);
  if (userId !== 0 || (!keepsOut && !isDenied)) return { root, writer };
  spawnSync('chown', ['-hR', String(NOBODY), root]);
  return { root, writer: writerOfNobody(home) };
}

const MODULE = path.join(import.meta.dirname, 'node-file-writer.ts');

function writerOfNobody(home: string): FileWriter {
  const ask = (method: keyof FileWriter, ...args: readonly unknown[]): Promise<never> => {
    const script = `import { nodeFileWriter } from ${JSON.stringify(MODULE)};
      const writer = nodeFileWriter({ home: ${JSON.stringify(home)}, userId: ${String(NOBODY)} });
      console.log(JSON.stringify(await writer[${JSON.stringify(method)}](...${JSON.stringify(args)})));`;
    const node = [process.execPath, '--input-type=module', '--eval', script];
    const as = ['setpriv', `--reuid=${String(NOBODY)}`, `--regid=${String(NOBODY)}`, '--clear-groups', '--'];
    const { stdout } = spawnSync(as[0] ?? '', [...as.slice(1), ...node], { encoding: 'utf8' });
    return Promise.resolve(JSON.parse(stdout) as never);
  };
  return {
    look: (file) => ask('look', file),
    replace: (...args) => ask('replace', ...args),
    changeMode: (...args) => ask('changeMode', ...args),
    remove: (...args) => ask('remove', ...args),
    sweep: (file) => ask('sweep', file),
  };
}

describe.runIf(onPosix)('as every file writer', () => {
  test.each(fileWriterContract((tree) => ({ ...layForContract(tree), files: nodeFileStore })))(
    '$title',
    ({ run }) => run(),
  );
});

test.runIf(onPosix)(
  'A file that has another name is refused, as that would keep the old content.',
  async () => {
    const { home, writer } = lay({ 'home/f': 'old' });
    linkSync(path.join(home, 'f'), path.join(home, 'g'));
    expect(await writer.look(path.join(home, 'f'))).toEqual({ state: 'refused', why: 'several-names' });
    expect(await writer.replace(path.join(home, 'f'), digestOf('old'), 'new')).toEqual({
      ok: false,
      why: 'several-names',
    });
    expect(readFileSync(path.join(home, 'g'), 'utf8')).toBe('old');
  },
);

test.runIf(onPosix)('A socket is not a file, and a device is not opened.', async () => {
  const { home, writer } = lay({ home: { kind: 'folder' } });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path.join(home, 's'), resolve));
  expect(await writer.look(path.join(home, 's'))).toEqual({ state: 'refused', why: 'not-a-file' });
  expect(await writer.look('/dev/tty')).toEqual({ state: 'refused', why: 'not-a-file' });
  await new Promise((resolve) => server.close(resolve));
});

test.runIf(onPosix)('Where there is no home no link is followed.', async () => {
  const { home } = lay({ 'home/f': { kind: 'link', to: 'g' }, 'home/g': 'x' });
  const writer = nodeFileWriter({ home: null, userId });
  expect(await writer.look(path.join(home, 'f'))).toEqual({ state: 'refused', why: 'link-out-of-home' });
  expect(await writer.look(path.join(home, 'g'))).toMatchObject({ state: 'file' });
});

test.runIf(userId === 0)('Files and links of another user are refused.', async () => {
  const { home, writer } = lay({ 'home/f': 'x', 'home/g': { kind: 'link', to: 'h' }, 'home/h': 'x' });
  spawnSync('chown', ['-h', String(NOBODY), path.join(home, 'f'), path.join(home, 'g')]);
  for (const name of ['f', 'g']) {
    expect(await writer.look(path.join(home, name)), name).toEqual({
      state: 'refused',
      why: 'foreign-owner',
    });
    const answer = await writer.replace(path.join(home, name), digestOf('x'), 'new');
    expect(answer, name).toEqual({ ok: false, why: 'foreign-owner' });
  }
});

test.runIf(onPosix)('What a killed run left beside a file is swept, and nothing else.', async () => {
  const { home, writer } = lay({
    'home/.f.credence-0123456789abcdef': 'left',
    'home/.f.credence-0123456789abcdeg': 'other',
    'home/.f.credence-0123456789abcdef0': 'other',
    'home/.g.credence-0123456789abcdef': 'of another file',
    'home/.f.credence-1111111111111111': { kind: 'folder' },
    'home/.f.credence-2222222222222222': { kind: 'link', to: 'f' },
    'home/f': 'x',
  });
  expect(await writer.sweep(path.join(home, 'f'))).toBe(1);
  expect(readdirSync(home).sort()).toEqual([
    '.f.credence-0123456789abcdef0',
    '.f.credence-0123456789abcdeg',
    '.f.credence-1111111111111111',
    '.f.credence-2222222222222222',
    '.g.credence-0123456789abcdef',
    'f',
  ]);
});

test.runIf(onPosix)('A file with the longest name can be replaced.', async () => {
  const name = `${'é'.repeat(127)}x`;
  const { home, writer } = lay({ [`home/${name}`]: 'old' });
  const answer = await writer.replace(path.join(home, name), digestOf('old'), 'new');
  expect(answer).toEqual({ ok: true, digest: digestOf('new') });
});

test.runIf(onPosix)('The umask changes nothing.', async () => {
  const { home, writer } = lay({ 'home/f': { kind: 'file', content: 'old', mode: 0o664 } });
  const before = process.umask(0o777);
  try {
    expect(await writer.replace(path.join(home, 'f'), digestOf('old'), 'new')).toMatchObject({ ok: true });
    expect(await writer.replace(path.join(home, 'g'), null, 'new')).toMatchObject({ ok: true });
  } finally {
    process.umask(before);
  }
  expect(['f', 'g'].map((name) => statSync(path.join(home, name)).mode & 0o7777)).toEqual([0o664, 0o600]);
});

test.runIf(onLinux)(
  'A file that others can reach by a link between links is still checked at its end.',
  async () => {
    const { root, home, writer } = lay({ home: { kind: 'folder' }, 'out/f': 'x' });
    symlinkSync(path.join(root, 'out'), path.join(home, 'way'));
    symlinkSync('way/f', path.join(home, 'f'));
    expect(await writer.look(path.join(home, 'f'))).toEqual({ state: 'refused', why: 'link-out-of-home' });
  },
);

const anyBytes = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const anyMode = fc.constantFrom(0o600, 0o640, 0o644, 0o755, 0o400, 0o666);
const anyName = fc.constantFrom('f', 'g', 'd/h', 'to-f');
/** What one of two writers does, each knowing only what it has looked at last. */
const anyStep = fc.record({
  who: fc.constantFrom(0, 1),
  kind: fc.constantFrom('look', 'replace', 'replace', 'make', 'change-mode', 'remove'),
  name: anyName,
  bytes: anyBytes,
  mode: anyMode,
});
const TREE: FileTree = {
  'home/f': { kind: 'file', content: 'first', mode: 0o644 },
  'home/d': { kind: 'folder' },
  'home/to-f': { kind: 'link', to: 'f' },
};

describe.runIf(onPosix)('Two writers at the same files', () => {
  test('On a disk and in memory the same comes of all that they do.', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 12 }), async (steps) => {
        const { root } = lay(TREE);
        const memory = memoryDisk(
          Object.fromEntries(Object.entries(TREE).map(([name, entry]) => [`/${name}`, entry])),
        );
        const real = [0, 1].map(() => nodeFileWriter({ home: path.join(root, 'home'), userId }));
        const madeUp = [0, 1].map(() => memoryFileWriter(memory, { home: '/home' }));
        const known = [new Map<string, string>(), new Map<string, string>()];
        for (const step of steps) {
          const digest = known[step.who]?.get(step.name) ?? digestOf('first');
          const take = async (writer: FileWriter | undefined, at: string): Promise<unknown> => {
            const file = `${at}/home/${step.name}`;
            const seen = await writer?.look(file);
            if (step.kind === 'look') {
              if (seen?.state === 'file') known[step.who]?.set(step.name, seen.digest);
              return { ...seen, realPath: null };
            }
            return done(writer, file, step, digest);
          };
          expect(await take(real[step.who], root)).toEqual(await take(madeUp[step.who], ''));
        }
        for (const name of ['f', 'g', 'd/h', 'to-f']) {
          const [one, other] = [
            nodeFileStore.read(`${root}/home/${name}`, 100, 'latin1'),
            memory.files.read(`/home/${name}`, 100, 'latin1'),
          ];
          expect({ ...one, realPath: null, ownerId: null }).toEqual({
            ...other,
            realPath: null,
            ownerId: null,
          });
        }
        expect(lstatSync(path.join(root, 'home/to-f')).isSymbolicLink()).toBe(true);
        rmSync(root, { recursive: true });
      }),
    );
    // Some dozens of real changes in each run, every one of them synced to the disk.
  }, 600_000);
});

function done(
  writer: FileWriter | undefined,
  file: string,
  { kind, bytes, mode }: { readonly kind: string; readonly bytes: string; readonly mode: number },
  digest: string,
): Promise<WriteAnswer> | undefined {
  switch (kind) {
    case 'replace':
      return writer?.replace(file, digest, bytes);
    case 'make':
      return writer?.replace(file, null, bytes);
    case 'change-mode':
      return writer?.changeMode(file, digest, mode);
    default:
      return writer?.remove(file, digest);
  }
}
