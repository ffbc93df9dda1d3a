/** A `claude` that is none, or behaves as no program should: it is started or not, it is ended, and nothing hangs or piles up. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claudeLab, until, type ClaudeLab } from '../fake-claude/claude-lab.ts';
import { madeUpHomes } from '../support/made-up-homes.ts';
import { endProcesses } from '../support/end-processes.ts';
import { onLinux } from '../support/on-system.ts';
import { runningCommand, type RunningCommand } from '../support/running-command.ts';

const homes = madeUpHomes();
let lab: ClaudeLab;

beforeEach(() => {
  lab = claudeLab();
});

afterEach(async () => {
  endProcesses(lab.processes());
  await lab.close();
});

function lay(content: string | Buffer, mode = 0o755): string {
  const folder = path.join(lab.home, '../claude');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'claude');
  writeFileSync(file, content, { mode });
  return file;
}
const script = (text: string): string => lay(`#!/bin/sh\n${text}\n`);

/** A program of this system, told to be one of another: no kernel runs it, and behind its header there are lines of a shell. */
function ofAnotherMachine(): Buffer {
  const header = Buffer.from(readFileSync('/bin/true').subarray(0, 64));
  header.writeUInt16LE(0xfffe, 18);
  return Buffer.concat([header, Buffer.from('\ntouch made-by-it\n')]);
}

describe.runIf(onLinux)('Started as a program', () => {
  test('What the system cannot run ends at once, and no line of it is run by a shell.', async () => {
    for (const content of [ofAnotherMachine(), '#!/no/such/interpreter\ntouch made-by-it\n']) {
      const { exitCode, by } = await lab.start(lay(content), ['auth', 'login']).program.ended;
      expect([126, 127]).toContain(exitCode);
      expect([by, lab.files()]).toEqual(['itself', []]);
    }
  });

  test('A file that is just being written is not run.', async () => {
    const file = lay(readFileSync('/bin/true'));
    const writer = openSync(file, 'r+');
    const { exitCode } = await lab.start(file, []).program.ended;
    closeSync(writer);
    expect(exitCode).toBe(126);
    expect(await lab.start(file, []).program.ended).toEqual({ exitCode: 0, by: 'itself' });
  });

  test('A file that may not be run is not started.', () => {
    const file = lay('#!/bin/sh\n', 0o644);
    expect(() => lab.start(file, [])).toThrow('was not started');
  });

  test('A script without a first line is one of the shell, and its words stay whole.', async () => {
    const { program, output } = lab.start(lay(`printf '<%s>' "$@"\n`), ['auth', 'a b']);
    expect(await program.ended).toEqual({ exitCode: 0, by: 'itself' });
    expect(output()).toBe('<auth><a b>');
  });

  test('Half a character and bytes that are none are handed on as signs of it, at the end too.', async () => {
    const { program, output } = lab.start(script(String.raw`printf 'a\000b\377\376c\303'`), []);
    await program.ended;
    expect(output()).toBe('a\0b\ufffd\ufffdc\ufffd');
  });

  test('One that is replaced while it runs goes on as what it was, and is ended.', async () => {
    const file = script(`trap 'exit 7' INT; echo old; while :; do sleep 0.1; done`);
    const { program, output } = lab.start(file, []);
    await until(() => output() === 'old\n');
    writeFileSync(`${file}.new`, '#!/bin/sh\necho new\n', { mode: 0o755 });
    renameSync(`${file}.new`, file);
    expect(await program.stop()).toEqual({ exitCode: 7, by: 'interrupt' });
    expect(output()).toBe('old\n');
  });

  test('What has left its group and holds its pipes keeps nobody waiting, and is not ended: it may be a browser.', async () => {
    const mark = path.join(lab.home, 'left');
    const file = script(`setsid sh -c 'echo $$ > "${mark}.new"; mv "${mark}.new" "${mark}"; exec sleep 50' &
      echo ready; while :; do sleep 0.1; done`);
    const { program, output } = lab.start(file, []);
    await until(() => output() === 'ready\n' && existsSync(mark));
    const started = performance.now();
    expect((await program.stop()).by).toBe('interrupt');
    // Far less than what it sleeps.
    expect(performance.now() - started).toBeLessThan(25_000);
    expect(lab.processes().map(({ pid }) => pid)).toEqual([Number(readFileSync(mark, 'utf8'))]);
  });
});

/** The largest that a process has been: bytes. */
const largest = (pid: number): number =>
  1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]);

describe.runIf(onLinux)('In a login', () => {
  const login = (): RunningCommand =>
    runningCommand(
      {
        ...homes.credence(),
        searchPath: `${path.join(lab.home, '../claude')}:${homes.credence().searchPath}`,
      },
      ['login', 'claude', '--yes'],
      { folder: lab.home, variables: lab.variables },
    );

  test.each([
    ['without a line end', `head -c 200000000 /dev/zero | tr '\\000' 'x'`],
    ['of NUL bytes', 'head -c 200000000 /dev/zero'],
    ['of lines', 'yes "https://claude.com/cai/oauth/authorize?state=" | head -c 10000000'],
    ['on its error output', `head -c 200000000 /dev/zero | tr '\\000' 'x' >&2`],
  ])('a flood %s is read and kept nowhere, and the login can be cancelled.', async (_, says) => {
    script(`${says}; : > "$HOME/done"; exec sleep 60`);
    const command = login();
    await until(() => existsSync(path.join(lab.home, 'done')));
    expect(largest(command.processId)).toBeLessThan(200_000_000);
    command.signal('SIGINT');
    expect((await command.ended).exitCode).toBe(130);
    expect(command.said().length).toBeLessThan(10_000);
    expect(lab.processes()).toEqual([]);
  });

  test.each<readonly [string, () => string | Buffer]>([
    ['of another machine', ofAnotherMachine],
    ['whose interpreter is missing', () => '#!/no/such/interpreter\n'],
    ['that is empty', () => ''],
    ['that ends at once and leaves somebody with its pipes', () => '#!/bin/sh\nsetsid sleep 50 &\nexit 0\n'],
  ])('a program %s ends it, and nobody is said to be logged in.', async (_, content) => {
    lay(content());
    const command = login();
    const { exitCode } = await command.ended;
    expect(exitCode).toBe(1);
    expect(command.said()).not.toMatch(/logged in (as|to)/i);
    expect(command.said()).toContain('credence: ');
    expect(existsSync(path.join(lab.home, '.claude/.credentials.json'))).toBe(false);
  });
});
