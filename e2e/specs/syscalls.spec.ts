import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peakMemory } from '../bench/peak-memory.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { onLinux } from '../support/on-system.ts';
import { layTellingWorld, removeTree } from './lay-telling-world.ts';
import { SECRET_MARK, rung, soundAnswer } from './status-answer.ts';
import { TELLING_WORLDS, type TellingWorld } from './telling-files.ts';

/** Needs strace, and a system that lets it trace. */
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

let base = '';
let credence: BuiltCommand;

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-calls-')));
  chmodSync(base, 0o755);
  mkdirSync(path.join(base, 'bin'));
  credence = builtCommand(path.join(base, 'bin'));
});

afterAll(() => {
  removeTree(base);
});

const [ordinary, cloud] = TELLING_WORLDS;
const WORLD: TellingWorld = {
  name: 'everything at once',
  files: [...(ordinary?.files ?? []), ...(cloud?.files ?? []).filter(({ id }) => id !== 'user')],
  variables: cloud?.variables ?? {},
  args: [],
};

/** The system calls of one run: `name(arguments) = result`. */
function trace(root: string, args: readonly string[], calls: string): readonly string[] {
  const log = path.join(root, 'calls.log');
  const command = ['-f', '-qq', '-s', '400', '-e', `trace=${calls}`, '-e', 'signal=none', '-o', log];
  const run = spawnSync('strace', [...command, 'node', credence.file, ...args], {
    cwd: path.join(root, 'home/app/sub'),
    env: {
      HOME: path.join(root, 'home'),
      SHELL: '/bin/bash',
      PATH: `${path.join(root, 'bin')}:${credence.searchPath}`,
      ...WORLD.variables,
    },
    encoding: 'utf8',
  });
  expect([run.status, run.stderr]).toEqual([0, '']);
  expect(run.stdout).not.toContain(SECRET_MARK);
  return readFileSync(log, 'utf8')
    .split('\n')
    .map((line) => line.replace(/^\d+\s+/, ''))
    .filter((line) => line !== '');
}

function newWorld(name: string): string {
  const root = path.join(base, name);
  mkdirSync(root);
  layTellingWorld(root, WORLD, [], null);
  // Whoever runs the tests asks, since not everybody may trace; the key is to be made anew.
  spawnSync('chown', ['-hR', String(process.getuid?.()), root]);
  rmSync(path.join(root, 'home/.config/credence'), { recursive: true });
  return root;
}

const QUESTIONS: readonly (readonly string[])[] = [
  ['status', '--json', '--mode', 'print'],
  ['status', '--mode', 'interactive'],
  ['status', '--short'],
];

describe.runIf(canTrace)('What a run does to the system', () => {
  test.each(QUESTIONS.map((words) => ({ words, name: words.join(' ') })))(
    'No other program is run, and nobody is called: $name',
    ({ words }) => {
      const root = newWorld(words.join(''));
      const lines = trace(
        root,
        words,
        'execve,execveat,fork,vfork,socket,connect,bind,listen,sendmsg,sendto',
      );
      expect(lines.filter((line) => line.startsWith('exec'))).toHaveLength(1);
      expect(lines.filter((line) => !line.startsWith('exec'))).toEqual([]);
    },
  );

  test('Nothing is written but Credence’s own folder.', () => {
    const root = newWorld('writes');
    const words = ['status', '--json', '--mode', 'print'];
    const own = path.join(root, 'home/.config/credence');
    const first = writesIn(trace(root, words, '%file,fchmod,fchown,ftruncate,flock'));
    expect(first.filter((line) => !line.includes(`"${own}`))).toEqual([]);
    expect(first.length).toBeGreaterThan(0);
    expect(writesIn(trace(root, words, '%file,fchmod,fchown,ftruncate,flock'))).toEqual([]);
  });

  test('Each file is opened once.', () => {
    const root = newWorld('opens');
    const lines = trace(root, ['status', '--json', '--mode', 'print'], 'open,openat,openat2');
    const opened = lines
      .filter((line) => !line.includes('O_DIRECTORY') && !/= -1 /.test(line))
      .map((line) => /"([^"]*)"/.exec(line)?.[1] ?? '')
      .filter((file) => file.startsWith(path.join(root, 'home')) || file.startsWith(path.join(root, 'lib')));
    expect(opened.filter((file, at) => opened.indexOf(file) !== at && !file.includes('/credence/'))).toEqual(
      [],
    );
    const unopened = WORLD.files.filter((file) => !opened.includes(path.join(root, file.path)));
    expect(unopened.map(({ id }) => id)).toEqual([]);
  });
});

/** Calls that change something, on the disk or in its attributes. */
function writesIn(lines: readonly string[]): readonly string[] {
  const changes =
    /^(?:creat|mkdir|mknod|rename|link|symlink|unlink|rmdir|chmod|fchmod|chown|lchown|fchown|truncate|ftruncate|utime|setxattr|lsetxattr|removexattr)/;
  return lines.filter(
    (line) => changes.test(line) || /^open.*O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)/.test(line),
  );
}

describe.runIf(onLinux)('A large configuration', () => {
  test('A .claude.json of 16 MiB with thousands of folders is read in less than 400 MB.', async () => {
    const root = path.join(base, 'large');
    mkdirSync(path.join(root, 'home/app'), { recursive: true });
    const project = (at: number): readonly [string, unknown] => [
      `/home/p/projects/number-${String(at)}`,
      {
        hasTrustDialogAccepted: at % 2 === 0,
        history: Array.from({ length: 20 }, (_, line) => ({
          display: `line ${String(line)} of ${String(at)}`,
        })),
      },
    ];
    const projects = Object.fromEntries(Array.from({ length: 14_000 }, (_, at) => project(at)));
    const file = path.join(root, 'home/.claude.json');
    const filled = (filler: string): string =>
      JSON.stringify({ projects, filler, primaryApiKey: `sk-ant-api03-${SECRET_MARK}-0123456789` });
    const limit = 16 * 1024 * 1024;
    writeFileSync(file, filled('x'.repeat(limit - filled('').length)));
    const folder = path.join(root, 'home/app');
    const variables = { HOME: path.join(root, 'home'), PATH: credence.searchPath };
    const words = ['status', '--json', '--mode', 'print'];
    const answer = soundAnswer(await credence.ask(words, { folder, variables }), 'a large file');
    expect(rung(answer, 'console-key').state).toBe('wins');
    expect(peakMemory(root)([credence.file, ...words], { folder, variables })).toBeLessThan(400_000);
  });
});
