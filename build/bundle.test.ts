import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleCommand } from './bundle.mjs';
import { ROOT } from './root.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'credence-bundle-test-'));
let command: string;

beforeAll(async () => {
  const entry = path.join(folder, 'entry.ts');
  writeFileSync(
    entry,
    `console.log(__CREDENCE_VERSION__);
     if (!/^[‘’]😀$/.test('’😀') || !/^[😀]$/u.test('😀') || '’'.length !== 1) console.log('garbled');
     if (process.argv[2] === 'native') void import('fs-native-extensions').then(() => { console.log('loaded'); }, () => { console.log('missing'); });
     else if (process.argv[2] === 'rare') void import('./rare.ts').then(({ word }) => { console.log(word); });`,
  );
  writeFileSync(
    path.join(folder, 'rare.ts'),
    `console.log('evaluated'); export const word: string = 'rare';`,
  );
  const seeing = path.join(folder, 'see.ts');
  writeFileSync(seeing, `import { parse } from 'jsonc-parser'; console.log(parse('{"seen": true, }'));`);
  command = await bundleCommand({
    entries: { credence: entry, see: seeing },
    outFolder: path.join(folder, 'out'),
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: readonly string[]): readonly string[] =>
  spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n');

const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };

test('The command knows its version, and evaluates what it imports later only when it gets there.', () => {
  expect(run('plain')).toEqual([version]);
  expect(run('rare')).toEqual([version, 'evaluated', 'rare']);
});

test('What is machine code is asked for beside the command, and only by runs that need it.', () => {
  expect(run('native')).toEqual([version, 'missing']);
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  expect(run('native')).toEqual([version, 'loaded']);
  expect(run('plain')).toEqual([version]);
});

test('What a run needs is in one file, and a shell can start the launcher beside it.', () => {
  expect(readdirSync(path.dirname(command)).sort()).toEqual([
    'THIRD-PARTY-NOTICES.txt',
    'credence.bundle.js',
    'credence.cjs',
    'meta.json',
    'see.bundle.js',
  ]);
  expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('The notices name the packages of every bundle.', () => {
  expect(run('status')).toEqual(['{ seen: true }']);
  expect(readFileSync(path.join(path.dirname(command), 'THIRD-PARTY-NOTICES.txt'), 'utf8')).toContain(
    'jsonc-parser',
  );
});
