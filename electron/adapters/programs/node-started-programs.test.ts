import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { onLinux, onPosix } from '../../../e2e/support/on-system.ts';
import type { StartedProgram, StartRequest } from '../../../shared/ports/started-programs.ts';
import {
  startedProgramsContract,
  type PutStartedProgram,
  type StartedBehaviour,
} from '../../../shared/testing/started-programs-contract.ts';
import { nodeStartedPrograms } from './node-started-programs.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-started-')));
const programs = nodeStartedPrograms({ platform: 'linux', waits: { interrupt: 300, terminate: 300 } });
/** For programs that are asked to end and must not be hurried. */
const patient = nodeStartedPrograms({ platform: 'linux', waits: { interrupt: 20_000, terminate: 20_000 } });
let files = 0;
const running: StartedProgram[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.stop()));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.runIf(onPosix)('as everything that starts programs', () => {
  test.each(startedProgramsContract(put))('$title', ({ run }) => run());
});

describe.runIf(onPosix)('What it is given', () => {
  test('Arguments arrive untouched, whatever a shell would make of them.', async () => {
    const args = ['a b', '$HOME', '$(id)', '`id`', "'", '"', '\\', '-x', '', '--', 'é\n', '3<&-', ';', '*'];
    const { output } = await run(`printf '<%s>' "$@"`, { args });
    expect(output).toBe(args.map((word) => `<${word}>`).join(''));
  });

  test('The program sees the variables that it is given, and none of this process.', async () => {
    process.env['CREDENCE_TEST_MARK'] = 'of this process';
    const { output } = await run('/usr/bin/env', {
      variables: { GIVEN: ' v\n é', EMPTY: '', GONE: undefined },
    });
    delete process.env['CREDENCE_TEST_MARK'];
    // PWD is what every shell says of the folder.
    expect(lines(output)).toEqual([' é', 'EMPTY=', 'GIVEN= v', `PWD=${folder}`]);
  });

  test.runIf(onLinux)('It holds no other descriptor, and who watches is not its child.', async () => {
    // What this process was given may be handed down by mistake of whoever started it.
    const ofAnyChild = execFileSync('/bin/ls', ['/proc/self/fd'], { encoding: 'utf8' });
    expect((await run('exec /bin/ls /proc/self/fd')).output).toBe(ofAnyChild);
    const children = await run(`read -r all < /proc/$$/task/$$/children; printf '<%s>' "$all"`);
    expect(children.output).toBe('<>');
  });

  test.each<readonly [string, Partial<StartRequest>]>([
    ['a folder that is not there', { folder: '/no/such/folder' }],
    ['a folder that is a file', { folder: '/bin/sh' }],
    ['a path with a NUL byte', { file: '/bin/s\0h' }],
    ['a file that is a folder', { file: '/' }],
    ['a file that may not be run', { file: '/etc/passwd' }],
    ['an argument with a NUL byte', { args: ['a\0b'] }],
    ['a variable with a NUL byte', { variables: { GIVEN: 'a\0b' } }],
    ['an argument longer than the system takes', { args: ['x'.repeat(20_000_000)] }],
  ])('With %s nothing is started, and nothing is thrown.', async (_, request) => {
    const file = script('exit 0');
    const program = programs.start({
      file,
      args: [],
      folder,
      variables: {},
      onOutput: () => undefined,
      ...request,
    });
    expect(program).toBeNull();
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe.runIf(onPosix)('What it says', () => {
  test('A character that arrives in two parts is one character.', async () => {
    const pieces = await run(
      `printf '\\303'; /bin/sleep 0.2; printf '\\251 \\360\\237'; /bin/sleep 0.2; printf '\\231\\202'`,
    );
    expect(pieces.output).toBe('é 🙂');
    expect(pieces.output).not.toContain('\ufffd');
  });

  test('A flood is handed on whole, and nothing of it is kept.', async () => {
    let length = 0;
    const { end } = await run('/usr/bin/head -c 50000000 /dev/zero', {
      onOutput: (text) => (length += text.length),
    });
    expect([length, end]).toEqual([50_000_000, { exitCode: 0, by: 'itself' }]);
  });

  test('What its child says a moment after its end is still handed on.', async () => {
    const { output } = await run(`(/bin/sleep 0.2; printf ' and late') & printf early`);
    expect(output).toBe('early and late');
  });

  test('A child that keeps the pipes open does not hold up the end.', async () => {
    const mark = path.join(folder, 'left-behind');
    const started = performance.now();
    const { output, end } = await run(`(/bin/sleep 3; : > '${mark}') & printf all`);
    expect([output, end.exitCode]).toEqual(['all', 0]);
    expect(performance.now() - started).toBeLessThan(2_500);
    // It was left behind on purpose, as a browser is, and goes on.
    await until(() => existsSync(mark));
  });

  test('Nothing that it said or was sent is kept where an error could show it.', async () => {
    const program = start(script(`read line; printf '%s' "$line"; exec /bin/sleep 60`), {});
    program.send('a-code-to-forget\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(JSON.stringify(program)).not.toContain('a-code-to-forget');
    expect(Object.keys(program).sort()).toEqual(['ended', 'send', 'stop']);
  });
});

describe.runIf(onPosix)('Its input', () => {
  test('A program that closes it, or ends without reading, is no error.', async () => {
    const program = start(script('exec <&-; printf closed; /bin/sleep 1'), {});
    for (let count = 0; count < 50; count++) {
      program.send('x'.repeat(100_000));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(program.send('x')).toBe(false);
    expect((await program.ended).exitCode).toBe(0);
  });

  test('A program that never reads is sent what there is, and can be stopped.', async () => {
    const program = start(script('exec /bin/sleep 60'), {});
    expect(program.send('x'.repeat(5_000_000))).toBe(true);
    expect((await program.stop()).by).toBe('interrupt');
  });
});

describe.runIf(onPosix)('A stop', () => {
  test('What the program holds it lets go before it ends.', async () => {
    const lock = path.join(folder, 'held');
    const held = start(
      script(
        `mkdir '${lock}'; trap "/bin/sleep 1; rmdir '${lock}'; exit 7" INT; printf r; while :; do /bin/sleep 0.1; done`,
      ),
      {},
      patient,
    );
    await until(() => existsSync(lock));
    expect(await held.stop()).toEqual({ exitCode: 7, by: 'interrupt' });
    expect(existsSync(lock)).toBe(false);
  });

  test('The last step ends the children too.', async () => {
    const pids = path.join(folder, 'pids');
    const program = start(
      script(
        `trap '' INT TERM; /bin/sleep 60 & echo $! > '${pids}'; echo $$ >> '${pids}'; while :; do /bin/sleep 1; done`,
      ),
      {},
    );
    await until(() => existsSync(pids) && lines(readFileSync(pids, 'utf8')).length === 2);
    expect((await program.stop()).by).toBe('kill');
    await until(() => lines(readFileSync(pids, 'utf8')).every((pid) => !isAlive(Number(pid))));
  });

  test('One that is suspended is ended all the same.', async () => {
    let said = '';
    const program = start(script('printf ready; kill -STOP $$; exec /bin/sleep 60'), {
      onOutput: (text) => (said += text),
    });
    await until(() => said === 'ready');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await program.stop()).by).toBe('kill');
  });

  test('Asked at the very start it is a stop as well.', async () => {
    const program = start(script('exec /bin/sleep 60'), {});
    expect((await program.stop()).by).toBe('interrupt');
  });
});

interface Ran {
  readonly output: string;
  readonly end: Awaited<StartedProgram['ended']>;
}

async function run(text: string, request: Partial<StartRequest> = {}): Promise<Ran> {
  let output = '';
  const program = start(script(text), { onOutput: (piece) => (output += piece), ...request });
  return { end: await program.ended, output };
}

function start(file: string, request: Partial<StartRequest>, by = programs): StartedProgram {
  const program = by.start({ file, args: [], folder, variables: {}, onOutput: () => undefined, ...request });
  if (program === null) throw new Error('It was not started');
  running.push(program);
  return program;
}

function script(text: string): string {
  const file = path.join(folder, `program-${String(files++)}`);
  writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return file;
}

function put(behaviour: StartedBehaviour | null): PutStartedProgram {
  const file = behaviour === null ? path.join(folder, 'no-such-program') : script(scriptOf(behaviour));
  return { programs, file, folder };
}

function scriptOf({ says = [], repeats, exitCode, ignores, interruptedWith }: StartedBehaviour): string {
  return [
    interruptedWith === undefined ? '' : `trap 'exit ${String(interruptedWith)}' INT`,
    ignores === 'interrupt' ? `trap '' INT` : '',
    ignores === 'interrupt and terminate' ? `trap '' INT TERM` : '',
    ...says.map(([from, text]) => `/bin/cat '${kept(text)}'${from === 'error' ? ' >&2' : ''}`),
    repeats === true
      ? `while IFS= read -r line; do [ "$line" = end ] && exit 0; printf '%s\\n' "$line"; done`
      : '',
    exitCode === null ? 'kill -KILL $$' : '',
    typeof exitCode === 'number' ? `exit ${String(exitCode)}` : 'while :; do /bin/sleep 0.05; done',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** The text in a file, since a script cannot be as long as a flood. */
function kept(text: string): string {
  const file = path.join(folder, `text-${String(files++)}`);
  writeFileSync(file, text);
  return file;
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until it is so; should that never come, the test’s own time runs out. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
