/** `claude setup-token` in xterm, with somebody at its keyboard: what the program gets there, and what closing the window leaves. */
import { existsSync, mkdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileStore } from '../../electron/adapters/files/node-file-store.ts';
import { userTerminal } from '../../electron/adapters/programs/user-terminal.ts';
import { madeUpEnvironment } from '../../shared/testing/made-up-environment.ts';
import { claudeToStart } from '../../shared/usecases/sign-in/claude-to-start.ts';
import { openSetupToken } from '../../shared/usecases/sign-in/open-setup-token.ts';
import { claudeLab, until, type ClaudeLab, type LabProcess } from '../fake-claude/claude-lab.ts';
import { layFakeClaude } from '../fake-claude/lay-fake-claude.mjs';
import { endProcesses } from '../support/end-processes.ts';
import { onLinux } from '../support/on-system.ts';
import { startXDisplay, type XDisplay } from '../support/x-display.ts';

let display: XDisplay;
let lab: ClaudeLab;
let claude = '';

beforeAll(async () => {
  if (onLinux) display = await startXDisplay();
});

afterAll(() => {
  if (onLinux) display.end();
});

beforeEach(() => {
  lab = claudeLab();
  claude = layFakeClaude(path.join(lab.home, '../claude'));
});

afterEach(async () => {
  endProcesses(lab.processes());
  await lab.close();
});

/** What xterm and the shell in it say of themselves. */
const OF_THE_TERMINAL =
  /^(WINDOWID|XTERM_\w+|TERM|TERMCAP|SHELL|LOGNAME|USER|COLUMNS|LINES|COLORTERM|OLDPWD|_)$/;

/** What must not come through, for one reason or another. */
const DANGEROUS = {
  NODE_OPTIONS: '--require /nonexistent/evil.cjs',
  LD_PRELOAD: '/nonexistent/evil.so',
  BUN_BE_BUN: '1',
  ENV: '/nonexistent/evil.sh',
  CREDENCE_SECRET: 'x',
  CLAUDE_CODE_OAUTH_REFRESH_TOKEN: 'x',
};
/** What may be gone a moment later. */
const KEPT = { ANTHROPIC_API_KEY: 'made up', XDG_SESSION_TYPE: 'x11' };

/** A search path on which nothing is but these, what the fake and its browser take, and a shell. */
function searchPath(names: readonly string[]): string {
  const folder = path.join(lab.home, '../terminals');
  mkdirSync(folder);
  for (const name of names) symlinkSync('/usr/bin/xterm', path.join(folder, name));
  for (const name of ['sh', 'mv']) symlinkSync(path.join('/bin', name), path.join(folder, name));
  return `${folder}:${path.dirname(process.execPath)}`;
}

/** As the tray does it. */
function open(names: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const variables = {
    ...lab.variables,
    DISPLAY: display.name,
    ...DANGEROUS,
    ...KEPT,
    ...more,
    PATH: searchPath(names),
  };
  const environment = madeUpEnvironment({
    home: lab.home,
    variables,
    userId: process.getuid?.() ?? null,
    workingFolder: '/',
  });
  const found = claudeToStart({ environment, files: nodeFileStore }, claude);
  if (!found.ok) throw new Error(found.why);
  return openSetupToken({ environment, files: nodeFileStore, terminals: userTerminal() }, found.program);
}

const runs = (): LabProcess | undefined =>
  lab
    .processes()
    .find(({ command }) => / \S+\/claude setup-token$/.test(command) && !command.includes(' -c '));

/** The program itself, once it has got so far that it has opened its page. */
async function running(): Promise<LabProcess> {
  await until(() => lab.opened() !== null);
  const program = runs();
  if (program === undefined) throw new Error('It does not run');
  return program;
}

const listOf = (pid: number, file: string): readonly string[] =>
  readFileSync(`/proc/${String(pid)}/${file}`, 'utf8')
    .split('\0')
    .slice(0, -1);

function variablesOf(pid: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listOf(pid, 'environ').map((line): readonly [string, string] => {
      const [name = ''] = line.split('=', 1);
      return [name, line.slice(name.length + 1)];
    }),
  );
}

const savedLogin = (): boolean => existsSync(path.join(lab.home, '.claude/.credentials.json'));

describe.runIf(onLinux)('In a real terminal', () => {
  test.each<readonly [string, readonly string[], Readonly<Record<string, string>>]>([
    ['the system’s', ['x-terminal-emulator'], {}],
    ['the one of TERMINAL by its name', ['my-own-terminal', 'xterm'], { TERMINAL: 'my-own-terminal' }],
    ['the one of TERMINAL by its path', [], { TERMINAL: '/usr/bin/xterm' }],
    ['the last one that is known', ['xterm'], { TERMINAL: 'missing-terminal' }],
  ])(
    '(%s) the program has a terminal, its one word, and the variables of a login.',
    async (_, names, more) => {
      expect(await open(names, more)).toBe('opened');
      const { pid } = await running();
      const chosen = lab.processes().map(({ command }) => command);
      const expected = names[0] ?? '/usr/bin/xterm';
      expect(chosen.filter((command) => command.split(' ')[0]?.endsWith(expected))).toHaveLength(1);

      const ends = [0, 1, 2].map((at) => readlinkSync(`/proc/${String(pid)}/fd/${String(at)}`));
      expect(ends[0]).toMatch(/^\/dev\/pts\/\d+$/);
      expect(new Set(ends).size).toBe(1);
      expect(listOf(pid, 'cmdline').slice(1)).toEqual([claude, 'setup-token']);
      expect(readlinkSync(`/proc/${String(pid)}/cwd`)).toBe(lab.home);
      const { PATH, PWD, ...seen } = variablesOf(pid);
      const others = Object.entries(seen).filter(([name]) => !OF_THE_TERMINAL.test(name));
      expect(Object.fromEntries(others)).toEqual(
        Object.fromEntries(
          Object.entries({ ...lab.variables, ...KEPT, ...more, DISPLAY: display.name }).filter(
            ([name]) => name !== 'PATH',
          ),
        ),
      );
      expect([PWD, PATH?.endsWith(path.dirname(process.execPath))]).toEqual([lab.home, true]);
    },
  );

  test('A made token stays to be read until Enter is pressed; then the window goes, and nothing of it is left.', async () => {
    await open(['xterm']);
    const { pid } = await running();
    const redirect = lab.opened()?.searchParams.get('redirect_uri') ?? '';
    const state = lab.opened()?.searchParams.get('state') ?? '';
    expect((await fetch(`${redirect}?code=good-code&state=${state}`)).status).toBe(200);
    await until(() => !existsSync(`/proc/${String(pid)}`));
    // The shell waits with what it has shown.
    const [terminal, ...others] = lab.processes();
    expect([terminal?.command, others.length]).toEqual([expect.stringContaining('xterm'), 1]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(lab.processes()).toHaveLength(2);
    display.press('Return');
    await until(() => lab.processes().length === 0);
  });

  test('Ctrl-C in it ends the program and the window, and nobody is logged in.', async () => {
    await open(['xterm']);
    await running();
    display.press('c', 'Control');
    await until(() => runs() === undefined);
    // Some shells end with what they started, others ask for Enter first.
    display.press('Return');
    await until(() => lab.processes().length === 0);
    expect(savedLogin()).toBe(false);
  });

  test('A window that is closed takes the program along, and nobody is logged in.', async () => {
    await open(['xterm']);
    const { pid } = await running();
    display.closeWindow(Number(variablesOf(pid)['WINDOWID']));
    await until(() => lab.processes().length === 0);
    expect(savedLogin()).toBe(false);
  });

  test('Without the display that is named none opens, and the program is not run.', async () => {
    expect(await open(['xterm'], { DISPLAY: ':65533' })).toBe('failed');
    expect([lab.opened(), lab.processes()]).toEqual([null, []]);
  });
});
