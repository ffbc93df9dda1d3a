import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WATCHED_START } from '../../electron/adapters/programs/group-watcher.ts';
import { childEnvironment } from '../../shared/core/sign-in/child-environment.ts';
import { claudeLab, until, type ClaudeLab } from '../fake-claude/claude-lab.ts';
import { FAKE_BEHAVIOURS, layFakeClaude, type FakeBehaviour } from '../fake-claude/lay-fake-claude.mjs';
import { onLinux } from '../support/on-system.ts';

const PROMPT = 'Paste code here if prompted > ';
/** Milliseconds, as the check of it says. */
const NO_ORPHAN_AFTER = 5_000;
const QUICK = { interrupt: 400, terminate: 400 };

let lab: ClaudeLab;
const parents: ChildProcess[] = [];

beforeEach(() => {
  lab = claudeLab();
});

afterEach(async () => {
  for (const parent of parents.splice(0)) parent.kill('SIGKILL');
  await lab.close();
});

function lay(behaviour: FakeBehaviour = {}): string {
  return layFakeClaude(path.join(lab.home, '../bin'), behaviour);
}

interface Note {
  readonly event: string;
  readonly pid?: number;
  readonly env?: Readonly<Record<string, string>>;
}

function notes(file: string): readonly Note[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Note);
}

/** A process that starts the program as Credence does, once the program asks for a code. */
async function parentOf(
  file: string,
): Promise<{ readonly parent: ChildProcess; readonly said: () => string }> {
  const request = { file, args: ['auth', 'login'], folder: lab.home, variables: lab.variables };
  const script = path.join(import.meta.dirname, '../fake-claude/starting-parent.ts');
  const parent = spawn(process.execPath, [script, JSON.stringify(request)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
  });
  parents.push(parent);
  let said = '';
  parent.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await until(() => said.includes(PROMPT));
  return { parent, said: () => said };
}

async function isEmptyWithin(milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    if (lab.processes().length === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

describe.runIf(onLinux)('When Credence is killed', () => {
  test.each<readonly [string, FakeBehaviour]>([
    ['waits', {}],
    ['has a child', { grandchild: true }],
    ['has a child that it would leave', { grandchild: true, leavesGrandchild: true }],
    ['ignores the interrupt', { ignores: ['SIGINT'] }],
    [
      'ignores every request, and so does its child',
      { ignores: ['SIGINT', 'SIGTERM', 'SIGHUP'], grandchild: true },
    ],
    ['holds a lock', { holdsLock: 1 }],
  ])('A program that %s ends with it within seconds.', async (_, behaviour) => {
    const { parent } = await parentOf(lay(behaviour));
    expect(lab.processes().length).toBeGreaterThan(1);
    parent.kill('SIGKILL');
    expect(await isEmptyWithin(NO_ORPHAN_AFTER)).toBe(true);
    expect(existsSync(path.join(lab.home, '.claude/.oauth_refresh.lock'))).toBe(false);
  });

  test('One that is suspended ends as well.', async () => {
    const file = lay({ notes: path.join(lab.home, 'notes') });
    const { parent } = await parentOf(file);
    process.kill(notes(path.join(lab.home, 'notes'))[0]?.pid ?? Number.NaN, 'SIGSTOP');
    parent.kill('SIGKILL');
    expect(await isEmptyWithin(NO_ORPHAN_AFTER)).toBe(true);
  });

  test.each(['exit', 'throw'])('So it is when Credence ends by itself without a stop: %s.', async (how) => {
    const { parent } = await parentOf(lay());
    parent.stdin?.write(`${how}\n`);
    expect(await isEmptyWithin(NO_ORPHAN_AFTER)).toBe(true);
  });

  test('Another program that Credence has started and that lives on does not keep it alive.', async () => {
    const { parent, said } = await parentOf(lay());
    parent.stdin?.write('other\n');
    await until(() => /other \d+\./.test(said()));
    const other = Number(/other (\d+)\./.exec(said())?.[1]);
    parent.kill('SIGKILL');
    expect(await isEmptyWithin(NO_ORPHAN_AFTER)).toBe(true);
    expect(process.kill(other, 'SIGKILL')).toBe(true);
  });

  test('Its end does not wait for the program’s.', async () => {
    const { parent } = await parentOf(lay({ ignores: ['SIGINT', 'SIGTERM'] }));
    const started = performance.now();
    parent.stdin?.write('exit\n');
    await new Promise((resolve) => parent.once('exit', resolve));
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await isEmptyWithin(NO_ORPHAN_AFTER)).toBe(true);
  });

  test('Who was left behind by a program that had ended before is left alone, and nobody watches any more.', async () => {
    const file = lay({ grandchild: true, leavesGrandchild: true, notes: path.join(lab.home, 'notes') });
    const { parent, said } = await parentOf(file);
    const [main, child] = notes(path.join(lab.home, 'notes')).map(({ pid }) => pid ?? Number.NaN);
    process.kill(main ?? Number.NaN, 'SIGINT');
    await until(() => said().includes('ended 0 itself'));
    await until(() => lab.processes().length === 1);
    expect(lab.processes().map(({ pid }) => pid)).toEqual([child]);
    parent.kill('SIGKILL');
    expect(await isEmptyWithin(3_000)).toBe(false);
    process.kill(child ?? Number.NaN, 'SIGKILL');
  });
});

describe.runIf(onLinux)('The watcher', () => {
  const shells = [
    '/bin/sh',
    '/bin/dash',
    '/bin/bash',
    '/usr/bin/bash --posix',
    '/bin/busybox sh',
    '/bin/ksh',
    '/bin/zsh --emulate sh',
  ];
  const there = shells.filter((shell) => existsSync(shell.split(' ')[0] ?? ''));

  test.each(there)(
    'In %s it ends the group at the end of its pipe, and goes quietly at a line.',
    async (shell) => {
      const [file = '', ...words] = shell.split(' ');
      for (const quietly of [true, false]) {
        const child = spawn(
          file,
          [
            ...words,
            '-c',
            WATCHED_START,
            'credence',
            '/bin/sh',
            '-c',
            'trap "" INT; /bin/sleep 60 & echo $$; wait; wait',
          ],
          { stdio: ['ignore', 'pipe', 'ignore', 'pipe'], detached: true, env: { ...lab.variables } },
        );
        parents.push(child);
        await new Promise((resolve) => child.stdout?.once('data', resolve));
        await until(() => lab.processes().length === 3);
        const lifeline = child.stdio[3];
        if (lifeline == null || !('end' in lifeline)) throw new Error('There is no pipe');
        lifeline.end(quietly ? 'over\n' : undefined);
        if (!quietly) {
          expect(await isEmptyWithin(NO_ORPHAN_AFTER)).toBe(true);
          continue;
        }
        await until(() => lab.processes().length === 2);
        process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
        await until(() => lab.processes().length === 0);
      }
    },
  );
});

describe.runIf(onLinux)('A login that is cancelled', () => {
  const lock = (): string => path.join(lab.home, '.claude/.oauth_refresh.lock');

  test('A lock that takes twenty seconds to let go is gone at the end, with the waits as they are.', async () => {
    const { program, output } = lab.start(lay({ holdsLock: 20 }), ['auth', 'login']);
    await until(() => output().includes(PROMPT));
    expect(existsSync(lock())).toBe(true);
    expect(await program.stop()).toEqual({ exitCode: 0, by: 'terminate' });
    expect(existsSync(lock())).toBe(false);
    expect(lab.processes()).toEqual([]);
  });

  test('Whoever does not let go is ended, and Credence does not remove the lock.', async () => {
    const file = lay({ holdsLock: 600 });
    const { program, output } = lab.start(file, ['auth', 'login'], { waits: QUICK });
    await until(() => output().includes(PROMPT));
    expect((await program.stop()).by).toBe('kill');
    expect(existsSync(lock())).toBe(true);
  });

  test.each(Object.entries(FAKE_BEHAVIOURS))(
    'No process is left of one that behaves like this: %s',
    async (_, behaviour) => {
      const patience = behaviour.ignores === undefined ? { interrupt: 20_000, terminate: 20_000 } : QUICK;
      const { program, output } = lab.start(lay(behaviour), ['auth', 'login'], { waits: patience });
      let over = false;
      void program.ended.then(() => (over = true));
      await until(() => over || output().includes(PROMPT) || output().includes('Your code, please: '));
      const end = await program.stop();
      const expected =
        behaviour.usageError === true
          ? ['itself']
          : behaviour.dies === true
            ? ['itself', 'interrupt']
            : [
                behaviour.ignores === undefined
                  ? 'interrupt'
                  : behaviour.ignores.includes('SIGTERM')
                    ? 'kill'
                    : 'terminate',
              ];
      expect(expected).toContain(end.by);
      expect(await isEmptyWithin(NO_ORPHAN_AFTER)).toBe(true);
      expect(existsSync(path.join(lab.home, '.claude/.credentials.json'))).toBe(false);
      expect(existsSync(lock())).toBe(false);
    },
  );
});

describe.runIf(onLinux)('What goes to and fro', () => {
  test('What is said in pieces, cut inside a character, arrives as it was recorded.', async () => {
    const whole = lab.start(lay(), ['auth', 'login']);
    await until(() => whole.output().includes(PROMPT));
    await whole.program.stop();
    const pieces = lab.start(lay({ splits: true }), ['auth', 'login']);
    await until(() => pieces.output().includes(PROMPT));
    const still = (text: string): string => text.replace(/(state|code_challenge)=[\w-]+/g, '$1=');
    expect(still(pieces.output())).toBe(still(whole.output()));
  });

  test('A pasted code is on no command line and in no environment, and a login comes of it.', async () => {
    const { program, output, errors, send } = lab.start(lay({ exchangeTakes: 1 }), [
      'auth',
      'login',
      '--email',
      'a b@example.com',
    ]);
    await until(() => output().includes(PROMPT));
    await until(() => lab.opened() !== null);
    const state = lab.opened()?.searchParams.get('state') ?? '';
    send(`good-code#${state}\n`);
    const commands = lab.processes().map(({ command }) => command);
    expect(commands.join('\n')).toContain('--email a b@example.com');
    expect(commands.join('\n')).not.toContain('good-code');
    expect(await program.ended).toEqual({ exitCode: 0, by: 'itself' });
    expect([errors(), output()]).toEqual(['', expect.not.stringContaining('good-code')]);
    const store = path.join(lab.home, '.claude/.credentials.json');
    expect(statSync(store).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(store, 'utf8'))).toMatchObject({
      claudeAiOauth: { subscriptionType: 'max' },
    });
  });

  test('The program is given the user’s variables and not those that load, debug or spend something else.', async () => {
    const file = lay({ notes: path.join(lab.home, 'notes') });
    const dangerous = {
      NODE_OPTIONS: '--require /nonexistent/evil.cjs',
      NODE_DEBUG: 'http',
      ELECTRON_RUN_AS_NODE: '1',
      LD_PRELOAD: '/nonexistent/evil.so',
      LD_AUDIT: '/nonexistent/evil.so',
      BASH_ENV: '/nonexistent/evil.sh',
      BUN_BE_BUN: '1',
      CREDENCE_SECRET: 'x',
      CLAUDE_CODE_OAUTH_REFRESH_TOKEN: 'x',
      CLAUDE_CODE_OAUTH_SCOPES: 'x',
    };
    const kept = {
      ANTHROPIC_API_KEY: 'made up',
      CLAUDE_CONFIG_DIR: path.join(lab.home, 'cfg'),
      SSH_TTY: '/dev/pts/9',
      DISPLAY: ':7',
    };
    mkdirSync(kept.CLAUDE_CONFIG_DIR);
    const { variables, folder } = childEnvironment({
      platform: 'linux',
      variables: { ...lab.variables, ...dangerous, ...kept },
      home: lab.home,
    });
    const nothing = Object.fromEntries(Object.keys(lab.variables).map((name) => [name, undefined]));
    const { program } = lab.start(file, ['auth', 'status'], { variables: { ...nothing, ...variables } });
    await program.ended;
    const [{ env = {} } = {}] = notes(path.join(lab.home, 'notes'));
    expect(env).toEqual({ ...lab.variables, ...kept, PWD: folder });
  });
});
