import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runGroup } from './process-group.mjs';
import { ROOT } from './root.mjs';

const sh = (script: string, options: Parameters<typeof runGroup>[2] = {}) =>
  runGroup('/bin/sh', ['-c', script], options);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credence-group-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => {
  try {
    // A killed process whose parent has not asked for it yet still has a number.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
const pidIn = (file: string): number => Number(readFileSync(path.join(folder, file), 'utf8'));

test.runIf(process.platform === 'linux')('A program’s exit code and output are its own.', async () => {
  expect(await sh('echo said; echo so >&2; exit 3', { keepOutput: true })).toEqual({
    code: 3,
    timedOut: false,
    output: 'said\nso\n',
  });
  expect((await sh('kill -TERM $$')).code).toBe(143);
});

test.runIf(process.platform === 'linux')(
  'What takes too long is ended with all it has started.',
  async () => {
    const start = performance.now();
    const ended = await sh(`sleep 60 & echo $! > ${folder}/pid; wait`, { deadline: 300 });
    expect(ended.timedOut).toBe(true);
    expect(performance.now() - start).toBeLessThan(10_000);
    await expect.poll(() => isAlive(pidIn('pid'))).toBe(false);
  },
);

test('A program that is not there is an error and not an exit code.', async () => {
  await expect(runGroup(path.join(folder, 'nobody'), [])).rejects.toThrow('ENOENT');
});

/** A process of its own that runs the script by runGroup, since it is this process that is told to end. */
const started = async (script: string, grace = 5_000): Promise<ChildProcess> => {
  const module = pathToFileURL(path.join(ROOT, 'build/process-group.mjs')).href;
  const file = path.join(folder, 'run.mjs');
  writeFileSync(
    file,
    `import { runGroup } from ${JSON.stringify(module)};
     const { code } = await runGroup('/bin/sh', ['-c', ${JSON.stringify(script)}], { grace: ${grace} });
     process.exitCode = code;`,
  );
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
};
const codeOf = async (child: ChildProcess): Promise<unknown> => ((await once(child, 'exit')) as unknown[])[0];

test.runIf(process.platform === 'linux')('A signal is handed on to the whole group.', async () => {
  const child = await started(`sleep 60 & echo $! > ${folder}/pid; echo ready; wait`);
  child.kill('SIGINT');
  expect(await codeOf(child)).toBe(130);
  await expect.poll(() => isAlive(pidIn('pid'))).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'What does not listen to signals is killed after a while.',
  async () => {
    const child = await started(
      `trap '' TERM INT; echo $$ > ${folder}/pid; echo ready; while :; do sleep 1; done`,
      200,
    );
    child.kill('SIGTERM');
    expect(await codeOf(child)).toBe(143);
    await expect.poll(() => isAlive(pidIn('pid'))).toBe(false);
  },
);
