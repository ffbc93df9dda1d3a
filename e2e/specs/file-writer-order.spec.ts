import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeFileWriter } from '../../electron/adapters/files/node-file-writer.ts';
import { digestOf, NEW, OLD } from '../writer/fault-scenes.ts';
import {
  operationsIn,
  POWER_CUT_TRACE,
  statesAfterPowerCut,
  type DiskState,
  type Operation,
} from '../writer/power-cut.ts';
import type { WriterStep } from '../writer/writer-job.ts';
import { callsIn, writerProgram, type WriterProgram } from '../writer/writer-program.ts';

/** Needs strace, and a system that lets it trace. */
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

let program: WriterProgram;
let home = '';

beforeAll(async () => {
  program = await writerProgram();
  home = path.join(program.folder, 'home');
  mkdirSync(home);
});
afterAll(() => {
  program.remove();
});

/** A home with this one file, or with none. */
function layHome(names: Readonly<Record<string, { readonly bytes: string; readonly mode: number }>>): void {
  rmSync(home, { recursive: true });
  mkdirSync(home);
  for (const [name, { bytes, mode }] of Object.entries(names)) {
    writeFileSync(path.join(home, name), bytes, 'latin1');
    chmodSync(path.join(home, name), mode);
  }
}

async function operationsOf(step: WriterStep): Promise<readonly Operation[]> {
  const log = path.join(program.folder, 'log');
  const strace = ['strace', '-o', log, '-e', 'trace=%file,%desc', ...POWER_CUT_TRACE];
  const { answers } = await program.run({ home, steps: [step] }, strace);
  expect(answers).toMatchObject([{ ok: true }]);
  return operationsIn(
    callsIn(log).map(({ text }) => text),
    home,
  );
}

const OLD_FILE = { f: { bytes: OLD, mode: 0o644 } };
const kindsOf = (operations: readonly Operation[]): readonly string[] => operations.map(({ kind }) => kind);

interface Scene {
  readonly title: string;
  readonly before: Readonly<Record<string, { readonly bytes: string; readonly mode: number }>>;
  readonly step: (file: string) => WriterStep;
  readonly order: readonly string[];
  /** What `f` may be: bytes and mode. */
  readonly allowed: readonly string[];
}

const stateOf = (bytes: string, mode: number): string => `${mode.toString(8)} ${digestOf(bytes)}`;

const SCENES: readonly Scene[] = [
  {
    title: 'replaced',
    before: OLD_FILE,
    step: (file) => ({ kind: 'replace', path: file, expected: digestOf(OLD), bytes: NEW }),
    order: ['create', 'write', 'mode', 'sync', 'exchange', 'unlink', 'sync-names'],
    allowed: [stateOf(OLD, 0o644), stateOf(NEW, 0o644)],
  },
  {
    title: 'made',
    before: {},
    step: (file) => ({ kind: 'replace', path: file, expected: null, bytes: NEW }),
    order: ['create', 'write', 'mode', 'sync', 'link', 'unlink', 'sync-names'],
    allowed: ['absent', stateOf(NEW, 0o600)],
  },
  {
    title: 'removed',
    before: OLD_FILE,
    step: (file) => ({ kind: 'remove', path: file, expected: digestOf(OLD) }),
    order: ['rename', 'unlink', 'sync-names'],
    allowed: [stateOf(OLD, 0o644), 'absent'],
  },
];

describe.runIf(canTrace)('What was written is durable before it counts', () => {
  test.each(SCENES)('when a file is $title', async ({ before, step, order }) => {
    layHome(before);
    const operations = await operationsOf(step(path.join(home, 'f')));
    expect(kindsOf(operations)).toEqual(order);
    const [created] = operations;
    if (created?.kind === 'create') expect(created.name).toMatch(/^\.f\.credence-[0-9a-f]{16}$/);
  });

  test('A file beside is made anew, never taken over, and for this user alone.', async () => {
    layHome(OLD_FILE);
    const [scene] = SCENES;
    await operationsOf(scene?.step(path.join(home, 'f')) ?? { kind: 'look', path: home });
    const opened = callsIn(path.join(program.folder, 'log')).filter(({ text }) => text.includes('O_CREAT'));
    expect(opened).toHaveLength(1);
    expect(opened[0]?.text).toMatch(/O_RDWR\|O_CREAT\|O_EXCL\|.*O_NOFOLLOW.*, 0600\)/);
  });

  test('A mode is synced with the file.', async () => {
    layHome(OLD_FILE);
    const operations = await operationsOf({
      kind: 'change-mode',
      path: path.join(home, 'f'),
      expected: digestOf(OLD),
      mode: 0o600,
    });
    expect(kindsOf(operations)).toEqual(['mode', 'sync']);
  });
});

describe.runIf(canTrace)('After a power cut at any moment', () => {
  test.each(SCENES)('a file that was being $title is old or new, and the rest is swept', async (scene) => {
    layHome(scene.before);
    const operations = await operationsOf(scene.step(path.join(home, 'f')));
    const start: DiskState = {
      names: new Map(Object.keys(scene.before).map((name) => [name, `old ${name}`])),
      inodes: new Map(Object.entries(scene.before).map(([name, inode]) => [`old ${name}`, inode])),
    };
    const states = statesAfterPowerCut(operations, start);
    const seen = new Set<string>();
    const writer = nodeFileWriter({ home, userId: process.getuid?.() ?? null });
    for (const { names, inodes } of states) {
      // Two names of one file are two files here, which the sweep must take as one.
      layHome(
        Object.fromEntries(
          [...names].map(([name, inode]) => [name, inodes.get(inode) ?? { bytes: '', mode: 0 }]),
        ),
      );
      await writer.sweep(path.join(home, 'f'));
      expect(readdirSync(home).filter((name) => name !== 'f')).toEqual([]);
      const isThere = names.has('f');
      const found = isThere ? foundAt(path.join(home, 'f')) : 'absent';
      expect(scene.allowed).toContain(found);
      seen.add(found);
    }
    console.log(
      `${scene.title}: ${String(states.length)} states after a power cut, ${String(seen.size)} outcomes`,
    );
    expect([...seen].sort()).toEqual([...scene.allowed].sort());
    expect(states.length).toBeGreaterThan(2);
  });

  test('A writer that does not sync would be found out.', () => {
    const operations: readonly Operation[] = [
      { kind: 'create', name: 'beside' },
      { kind: 'write', name: 'beside', start: 0, bytes: NEW },
      { kind: 'rename', from: 'beside', to: 'f' },
    ];
    const start = { names: new Map([['f', 'old']]), inodes: new Map([['old', { bytes: OLD, mode: 0o600 }]]) };
    const found = statesAfterPowerCut(operations, start).map(
      ({ names, inodes }) => inodes.get(names.get('f') ?? '')?.bytes,
    );
    expect(found).toContain('');
  });
});

function foundAt(file: string): string {
  return stateOf(readFileSync(file, 'latin1'), statSync(file).mode & 0o7777);
}
