import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { processRunnerContract, type PutProgram } from '../../../shared/testing/process-runner-contract.ts';
import type { ProgramBehaviour } from '../../../shared/testing/scripted-process-runner.ts';
import { nodeProcessRunner } from './node-process-runner.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-programs-')));
let programs = 0;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Longer than any test waits, and then it ends by itself should a test have failed to end it. */
const LONG = 120;

describe.runIf(onPosix)('as every process runner', () => {
  test.each(processRunnerContract(put))('$title', ({ run }) => run());
});

test.runIf(onPosix)('At the deadline the children are ended too.', async () => {
  const trace = path.join(folder, 'child-lives-on');
  const { file } = write(`(/bin/sleep 1; : > '${trace}') & /bin/sleep ${LONG}`);
  const result = await run(file, 300);
  expect(result.state).toBe('timed-out');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(existsSync(trace)).toBe(false);
});

test.runIf(onPosix)(
  'A program that ends at once does not wait for a child that has let go of the output.',
  async () => {
    const { file } = write(`/bin/sleep 5 >/dev/null & printf x`);
    expect(await run(file, 20_000)).toMatchObject({ state: 'ended', output: 'x' });
    expect((await run(file, 20_000)).milliseconds).toBeLessThan(4_000);
  },
);

test.runIf(onPosix)('A character that arrives in two parts is one character.', async () => {
  const { file } = write(`printf '\\303'; /bin/sleep 0.2; printf '\\251'`);
  expect(await run(file, 20_000)).toMatchObject({ output: 'é' });
});

test.runIf(onPosix)('Where no descriptor is left nothing is started, and nothing is thrown.', () => {
  const runner = path.join(import.meta.dirname, 'node-process-runner.ts');
  // Every number of descriptors that may be left: the pipes of a start fail one after the other.
  const script = `
    import { closeSync, openSync } from 'node:fs';
    import { nodeProcessRunner } from ${JSON.stringify(runner)};
    const request = { file: '/bin/true', args: [], folder: '/', variables: {}, deadline: 20000, maxBytes: 10 };
    const taken = [];
    try { for (;;) taken.push(openSync('/', 'r')); } catch { /* None is left. */ }
    const states = [];
    for (let left = 0; left < 12; left++) {
      states.push((await nodeProcessRunner.run(request)).state, (await nodeProcessRunner.run({ ...request, input: 'x' })).state);
      closeSync(taken.pop());
    }
    for (const one of taken) closeSync(one);
    states.push((await nodeProcessRunner.run(request)).state);
    console.log([...new Set(states)].join());`;
  const { stdout, stderr, status } = spawnSync(
    '/bin/sh',
    ['-c', 'ulimit -n 64; exec "$0" "$@"', process.execPath, '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  );
  expect([stdout, stderr, status]).toEqual(['not-started,ended\n', '', 0]);
});

function run(file: string, deadline: number): ReturnType<typeof nodeProcessRunner.run> {
  return nodeProcessRunner.run({ file, args: [], folder, variables: {}, deadline, maxBytes: 1000 });
}

function put(behaviour: ProgramBehaviour | null): PutProgram {
  if (behaviour === null)
    return { runner: nodeProcessRunner, file: path.join(folder, 'no-such-program'), folder };
  return write(scriptOf(behaviour));
}

function write(script: string): PutProgram {
  const file = path.join(folder, `program-${programs++}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { runner: nodeProcessRunner, file, folder };
}

function scriptOf(behaviour: ProgramBehaviour): string {
  const { complains, copiesInput, prints, printsArguments, printsVariable, printsFolder } = behaviour;
  const { ignoresSignals, leavesChild, hangs, endsBySignal, exitCode } = behaviour;
  const lines = [
    complains === undefined ? '' : `printf '%s' ${quoted(complains)} >&2`,
    copiesInput === true ? '/bin/cat' : '',
    prints === undefined ? '' : `/bin/cat ${quoted(kept(prints))}`,
    printsArguments === true ? `printf '%s|' "$@"` : '',
    printsVariable === undefined ? '' : `printf '%s' "$${printsVariable}"`,
    printsFolder === true ? `printf '%s' "$(pwd)"` : '',
    ignoresSignals === true ? `trap '' HUP INT TERM` : '',
    leavesChild === true ? `/bin/sleep ${LONG} &` : '',
    hangs === true ? `/bin/sleep ${LONG}` : '',
    endsBySignal === true ? 'kill -KILL $$' : '',
    exitCode === undefined ? '' : `exit ${exitCode}`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

/** The text in a file, since a script cannot be as long as a flood. */
function kept(text: string): string {
  const file = path.join(folder, `text-${programs++}`);
  writeFileSync(file, text);
  return file;
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}
