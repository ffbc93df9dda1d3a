import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credence-test-conformance-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function conformance(...words: readonly string[]): Said {
  const script = path.join(import.meta.dirname, '../conformance.ts');
  return spawnSync(process.execPath, [script, ...words], { encoding: 'utf8' });
}

function fileOf(name: string, ...expected: readonly unknown[]): string {
  const file = path.join(folder, name);
  const env = { ANTHROPIC_API_KEY: 'sk-ant-api03-KEY-SHELL-aaaaaaaaaaaaaaaaaaaaaaaaKEY-SHELL' };
  const worlds = expected.map((expect, index) => ({
    id: `w${index + 1}`,
    version: '2.1.328',
    mode: 'print',
    env,
    files: {},
    expect,
  }));
  writeFileSync(file, worlds.map((world) => `${JSON.stringify(world)}\n`).join(''));
  return file;
}

const RIGHT = {
  outcome: 'sends',
  provider: 'firstParty',
  authorization: null,
  xApiKey: { source: 'api-key', origin: { kind: 'process' } },
};

test('The built command that agrees everywhere is told so, with exit code 0.', () => {
  const { status, stdout } = conformance(fileOf('a.jsonl', RIGHT, RIGHT), fileOf('long-name.jsonl', RIGHT));
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    'a.jsonl          agree 2 of 2',
    'long-name.jsonl  agree 1 of 1',
  ]);
  expect(stdout).toMatch(/^agree 3 of 3 /m);
  expect(status).toBe(0);
});

test('One that does not is told where, with exit code 1.', () => {
  const { status, stdout } = conformance(fileOf('a.jsonl', RIGHT, { ...RIGHT, outcome: 'asks' }));
  expect(stdout).toContain('✕ w2\n    outcome: expected "asks", said "sends"\n');
  expect(stdout).toMatch(/^agree 1 of 2 /m);
  expect(status).toBe(1);
});

test('Without a single world nothing is known: exit code 1.', () => {
  const { status, stdout } = conformance(fileOf('a.jsonl'));
  expect(stdout).toMatch(/^agree 0 of 0 /m);
  expect(status).toBe(1);
});

test('Kept homes are there, and it is said where.', () => {
  const { stdout } = conformance('--keep', fileOf('a.jsonl', RIGHT));
  const [, base = ''] = /^The homes are in (.*)\.$/m.exec(stdout) ?? [];
  expect(existsSync(path.join(base, '1/world-1/home'))).toBe(true);
  rmSync(base, { recursive: true });
});

test.each([
  [['--jobs', '0'], '--jobs takes a number'],
  [['--jobs', 'x'], '--jobs takes a number'],
  [['--nonsense'], 'npm run conformance'],
  [['no-such-file.jsonl'], 'There is no no-such-file.jsonl'],
])('What it cannot understand it refuses, with exit code 2: %j', (words, message) => {
  const { status, stderr } = conformance(...words);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
