import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandNames } from '../../electron/cli/commands/index.ts';
import { SEEING } from '../../electron/cli/commands/seeing.ts';
import { namedCommand } from '../../electron/cli/named-command.ts';
import { ROOT } from '../../build/root.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credence-launcher-test-'));
  copyFileSync(path.join(ROOT, 'build/launcher.cjs'), path.join(folder, 'credence.cjs'));
  for (const name of ['credence', 'see', 'token']) layBundle(name);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** It tells which one it is, and what it was given. */
function layBundle(name: string): void {
  writeFileSync(
    path.join(folder, `${name}.bundle.js`),
    `(function (exports, require, module, __filename, __dirname) {
      console.log(JSON.stringify(['${name}', ...process.argv.slice(2)]));
    })`,
  );
}

const launch = (...words: readonly string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [path.join(folder, 'credence.cjs'), ...words], { encoding: 'utf8' });

const chosen = (...words: readonly string[]): unknown => JSON.parse(launch(...words).stdout);

test('The commands that only look are run by their bundle, the token by its own, and all others by that of all.', () => {
  for (const name of commandNames) {
    const bundle = name in SEEING ? 'see' : name === 'token' ? 'token' : 'credence';
    expect(chosen(name, '--json', 'word')).toEqual([bundle, name, '--json', 'word']);
  }
});

test.each([
  [[], 'see'],
  [['--short'], 'see'],
  [['--folder', 'token'], 'see'],
  [['--'], 'see'],
  [[''], 'credence'],
  [['constructor'], 'credence'],
  [['statsu'], 'credence'],
  [['help'], 'credence'],
  [['--help'], 'credence'],
  [['-V'], 'credence'],
  [['status', '--help'], 'credence'],
  [['scan', 'folder', '-h'], 'credence'],
  [['token', '--version'], 'credence'],
  [['run', '--', 'status'], 'credence'],
])('The line %j is for the bundle “%s”.', (words, bundle) => {
  expect(chosen(...words)).toEqual([bundle, ...words]);
});

test('What the launcher takes for the command that is meant, its bundle takes for it, too.', () => {
  for (const words of [[], ['--short'], ['--folder', 'token'], ['--'], ['scan', 'a']]) {
    expect(namedCommand(words).name in SEEING).toBe(true);
  }
});

test.each([
  ['status', 'see'],
  ['token', 'token'],
  ['doctor', 'credence'],
])('Where the bundle for “%s” is missing, that is said and there is no answer.', (command, bundle) => {
  rmSync(path.join(folder, `${bundle}.bundle.js`));
  const { status, stdout, stderr } = launch(command, '--json');
  expect([status, stdout]).toEqual([3, '']);
  expect(stderr).toBe(
    `credence: A part of Credence cannot be read: ${path.join(folder, `${bundle}.bundle.js`)}\n  Install Credence again.\n`,
  );
});

test('A cache that was made of something else is passed over.', () => {
  writeFileSync(path.join(folder, `see.${process.version}.${process.arch}.cache`), 'no cache');
  expect(chosen('scan')).toEqual(['see', 'scan']);
});
