import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWorlds } from './read-worlds.ts';
import { runWorlds, type Outcome } from './run-worlds.ts';

/** Stands in for the command: says what it was asked, and where. */
const ECHO = `
const { readFileSync, existsSync } = require('node:fs');
const managed = '/etc/claude-code/managed-settings.json';
const said = {
  args: process.argv.slice(2).join(' '),
  folder: process.cwd().split('/').slice(-2).join('/'),
  home: process.env.HOME.split('/').at(-1),
  names: Object.keys(process.env).filter((name) => !/^(PWD|OLDPWD|SHLVL|_)$/.test(name)).sort().join(' '),
  file: existsSync(process.env.HOME + '/f') ? readFileSync(process.env.HOME + '/f', 'utf8') : null,
  managed: existsSync(managed) ? readFileSync(managed, 'utf8') : null,
  etc: existsSync('/etc/passwd'),
};
console.log(JSON.stringify(said));
`;

let base = '';

beforeEach(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-worlds-')));
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

interface Wish {
  readonly command?: string;
  readonly keep?: boolean;
  readonly jobs?: number;
}

function run(
  worlds: readonly unknown[],
  { command = ECHO, keep = false, jobs = 2 }: Wish = {},
): Promise<readonly Outcome[]> {
  const file = path.join(base, 'worlds.jsonl');
  writeFileSync(
    file,
    worlds.map((world) => (typeof world === 'string' ? world : JSON.stringify(world))).join('\n\n'),
  );
  writeFileSync(path.join(base, 'command.cjs'), command);
  return runWorlds(readWorlds(file), {
    command: path.join(base, 'command.cjs'),
    base: path.join(base, 'homes'),
    jobs,
    keep,
  });
}

const world = (
  expected: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): unknown => ({
  id: 'w',
  version: '2.1.196',
  mode: 'bare',
  env: {},
  files: {},
  expect: expected,
  ...more,
});

const problems = (outcomes: readonly Outcome[]): readonly (readonly string[])[] =>
  outcomes.map((one) => one.problems);

test('The command is asked in the world, and in nothing else.', async () => {
  const expected = {
    args: 'status --json --run-helper --mode bare --claude-version 2.1.196 --setting-sources user',
    folder: 'proj/sub',
    home: 'home',
    names:
      'A ANTHROPIC_AWS_BASE_URL ANTHROPIC_BASE_URL ANTHROPIC_BEDROCK_BASE_URL ANTHROPIC_BEDROCK_MANTLE_BASE_URL ANTHROPIC_FOUNDRY_BASE_URL ANTHROPIC_VERTEX_BASE_URL HOME PATH',
    file: 'x',
  };
  const more = {
    env: { A: '1' },
    files: { '~/f': 'x' },
    cwd: '$PROJ/sub',
    args: ['--setting-sources', 'user'],
  };
  expect(problems(await run([world(expected, more)]))).toEqual([[]]);
});

test('Managed settings stand in /etc for that world alone; the rest of /etc is there.', async () => {
  const before = readdirSync('/etc');
  const outcomes = await run([
    world({ managed: '{"a":1}', etc: true }, { managed: { 'managed-settings.json': { a: 1 } } }),
    world({ managed: '{"b":2}', etc: true }, { managed: { 'managed-settings.json': { b: 2 } } }),
    world({ managed: null, etc: true }),
  ]);
  expect(problems(outcomes)).toEqual([[], [], []]);
  expect(readdirSync('/etc')).toEqual(before);
});

test('Outcomes come in the order of the worlds, however many are asked at once.', async () => {
  const command = `setTimeout(() => console.log('{"n":' + process.env.N + '}'), process.env.N % 2 ? 0 : 200)`;
  const worlds = Array.from({ length: 6 }, (_, n) => world({ n }, { env: { N: String(n) } }));
  expect(problems(await run(worlds, { command, jobs: 4 }))).toEqual([[], [], [], [], [], []]);
});

test('What is no world, or cannot be laid, is wrong, not left out.', async () => {
  const outcomes = await run([
    '{"id":',
    '[]',
    { id: 'w' },
    world({}, { mode: 'other' }),
    world({}, { files: { '/etc/passwd': '' } }),
    world({}, { files: { '~/f': '', '~/f/g': '' } }),
    world({}, { trusted: true, mode: 'interactive', files: { '~/.claude.json': '{' } }),
  ]);
  expect(problems(outcomes)).toEqual([
    [expect.stringContaining('JSON')],
    ['not an object'],
    ['not a world: version, mode, expect'],
    ['not a world: mode'],
    ['could not be laid: "/etc/passwd" lies neither in the home (~) nor in the project ($PROJ)'],
    [expect.stringContaining('could not be laid: ')],
    [expect.stringContaining('could not be laid: no trust can be noted')],
  ]);
});

test('The homes are thrown away, unless they are to be kept.', async () => {
  const [thrown] = await run([world({})]);
  expect(existsSync(thrown?.place ?? '')).toBe(false);
  rmSync(path.join(base, 'homes'), { recursive: true });
  const [kept] = await run([world({})], { keep: true });
  expect(existsSync(path.join(kept?.place ?? '', 'home'))).toBe(true);
});
