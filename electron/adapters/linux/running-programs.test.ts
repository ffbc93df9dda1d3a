import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { onLinux } from '../../../e2e/support/on-system.ts';
import type { RunningProgram } from '../../../shared/ports/running-programs.ts';
import type { MadeUpProcess, MadeUpProcesses } from '../../../shared/testing/memory-running-programs.ts';
import { plainFingerprints } from '../../../shared/testing/plain-fingerprints.ts';
import { runningProgramsContract } from '../../../shared/testing/running-programs-contract.ts';
import { linuxRunningPrograms } from './running-programs.ts';

const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-proc-')));
const fingerprints = plainFingerprints();
const userId = process.getuid?.() ?? null;
const started: ChildProcess[] = [];
let roots = 0;

afterEach(() => {
  for (const child of started.splice(0)) if (child.pid !== undefined) endGroup(child.pid);
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

function endGroup(id: number): void {
  try {
    process.kill(-id, 'SIGKILL');
  } catch {
    // Ended already.
  }
}

function layProcesses(given: MadeUpProcesses | null): string {
  const root = path.join(base, `proc-${roots++}`);
  mkdirSync(root);
  if (given === null) return root;
  writeFileSync(path.join(root, 'stat'), `cpu  1 2 3\nbtime ${given.systemStart / 1000}\nprocesses 5\n`);
  for (const one of given.processes) layProcess(path.join(root, String(one.processId)), one);
  // What comes and goes, and what is no process.
  mkdirSync(path.join(root, '77'));
  mkdirSync(path.join(root, 'self'));
  return root;
}

function layProcess(place: string, one: MadeUpProcess): void {
  const { processId, parent = 1, command, args = [command], variables = {}, onTerminal = false } = one;
  mkdirSync(place);
  const [terminal, foreground] = onTerminal ? [34816, processId] : [0, -1];
  const ticks = (one.startedAfter ?? 0) * 100;
  const numbers = [
    parent,
    processId,
    processId,
    terminal,
    foreground,
    ...Array<number>(13).fill(0),
    ticks,
    9,
    9,
  ];
  writeFileSync(
    path.join(place, 'stat'),
    `${processId} (${command}) ${one.ended === true ? 'Z' : 'S'} ${numbers.join(' ')}\n`,
  );
  writeFileSync(path.join(place, 'cmdline'), args.map((arg) => `${arg}\0`).join(''));
  const pairs = Object.entries(variables).map(([name, value]) => `${name}=${value}\0`);
  writeFileSync(path.join(place, 'environ'), pairs.join(''));
  symlinkSync(one.executable ?? `/usr/bin/${command}`, path.join(place, 'exe'));
  if (one.folder != null) symlinkSync(one.folder, path.join(place, 'cwd'));
  if (one.ofAnother === true) chownSync(place, 65534, 65534);
}

// Only root can lay the processes of somebody else.
describe.runIf(onLinux && userId === 0)('As every look at running programs', () => {
  const cases = runningProgramsContract(
    (given) =>
      linuxRunningPrograms({
        root: layProcesses(given),
        userId,
        fingerprints,
        processId: given?.processId ?? 0,
      }),
    fingerprints,
  );
  test.each(cases)('$title', ({ run }) => run());
});

test.runIf(onLinux)(
  'Of a name that is there twice the first one counts, and bytes do not end a name.',
  () => {
    const root = layProcesses({
      systemStart: 1_790_000_000_000,
      processId: 1,
      processes: [{ processId: 20, command: 'a) S (b', executable: '/x/claude' }],
    });
    const environ = Buffer.from('TOKEN\xff=x\0=TOKEN\0TOKEN\0TOKEN=one\0TOKEN=two\0', 'latin1');
    writeFileSync(path.join(root, '20/environ'), environ);
    const [program] =
      linuxRunningPrograms({ root, userId, fingerprints, processId: 1 }).list(['TOKEN', 'TOKEN\u00ff']) ?? [];
    expect(program?.holds).toEqual([
      { name: 'TOKEN\u00ff', fingerprint: fingerprints.of('x') },
      { name: 'TOKEN', fingerprint: fingerprints.of('one') },
    ]);
  },
);

// ── Real processes ──────────────────────────────────────────────────────────────────────────────────────────────────────

const NAME = 'EXAMPLE_TOKEN';
const look = (): readonly RunningProgram[] =>
  linuxRunningPrograms({ root: '/proc', userId, fingerprints, processId: process.pid }).list([NAME]) ?? [];

/** Milliseconds. */
const PATIENCE = 20_000;

async function until<T>(find: () => T | undefined): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Programs of this test stand in a folder of their own, by which they are told from others of this system. */
function start(file: string, args: readonly string[], folder: string): void {
  const child = spawn(file, args, {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: base, TERM: 'dumb', [NAME]: 'sk-made-up' },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  started.push(child);
}

function makeFolder(): string {
  return realpathSync(mkdtempSync(path.join(base, 'folder-')));
}

const held = [{ name: NAME, fingerprint: fingerprints.of('sk-made-up') }];

describe.runIf(onLinux && existsSync('/usr/bin/script'))('Real programs', () => {
  test.each(['bash', 'zsh', 'fish', 'dash'].filter((shell) => existsSync(`/usr/bin/${shell}`)))(
    'An open terminal with %s is seen, until it is closed.',
    async (shell) => {
      const folder = makeFolder();
      const before = Date.now();
      const words = shell === 'zsh' ? `${shell} -f -i` : `${shell} -i`;
      start('/usr/bin/script', ['-qc', `exec ${words}`, '/dev/null'], folder);
      const program = await until(() => look().find((one) => one.folder === folder));
      expect(program).toMatchObject({ kind: 'shell', folder, holds: held, isOurs: false });
      // The kernel counts in hundredths, and the start of the system in seconds.
      expect(Math.abs(program.startedAt - before)).toBeLessThan(5_000);
      process.kill(program.processId, 'SIGKILL');
      await until(() => (look().some(({ processId }) => processId === program.processId) ? undefined : true));
    },
  );

  test('What has no terminal, or runs a script on one, is no open terminal.', async () => {
    const folder = makeFolder();
    writeFileSync(
      path.join(folder, 'script.sh'),
      ': > ready; exec 3<&0; while :; do read -r line <&3 || sleep 1; done\n',
    );
    start('/usr/bin/bash', ['-i'], folder);
    start('/usr/bin/script', ['-qc', 'exec bash script.sh', '/dev/null'], folder);
    await until(() => (existsSync(path.join(folder, 'ready')) ? true : undefined));
    expect(look().filter((one) => one.folder === folder)).toEqual([]);
  });

  test('A program that is called claude is seen, whatever runs it.', async () => {
    const folder = makeFolder();
    const file = path.join(folder, 'claude');
    writeFileSync(file, '#!/bin/sh\nwhile :; do read -r line || sleep 1; done\n');
    chmodSync(file, 0o755);
    const script = path.join(folder, 'bin/claude');
    mkdirSync(path.dirname(script));
    writeFileSync(script, 'setInterval(() => undefined, 1000);');
    const copy = path.join(folder, 'native/claude');
    mkdirSync(path.dirname(copy));
    cpSync('/usr/bin/sleep', copy);
    start(file, [], folder);
    start(process.execPath, [script, '-p'], folder);
    start(copy, ['60'], folder);
    const found = await until(() => {
      const here = look().filter((one) => one.folder === folder);
      return here.length >= 3 ? here : undefined;
    });
    expect(found.map(({ kind, holds }) => ({ kind, holds }))).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'claude-code', holds: held })),
    );
  });

  test('What a shell exported after its start is not what it was started with.', async () => {
    const folder = makeFolder();
    start('/usr/bin/script', ['-qc', 'exec bash --norc -i', '/dev/null'], folder);
    const before = await until(() => look().find((one) => one.folder === folder));
    started.at(-1)?.stdin?.write(`unset ${NAME}; : > unset\n`);
    await until(() => (existsSync(path.join(folder, 'unset')) ? true : undefined));
    const now = look().find(({ processId }) => processId === before.processId);
    expect(now?.holds).toEqual(held);
  });

  test('While processes come and go the look goes on.', () => {
    const folder = makeFolder();
    start('/bin/sh', ['-c', 'while :; do /bin/true; done'], folder);
    for (let at = 0; at < 50; at++) expect(look()).toEqual(expect.any(Array));
  });
});
