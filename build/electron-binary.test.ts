import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { STAND_IN, electronProgram, fetchElectron, reasonIn } from './electron-binary.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credence-electron-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const lay = (file: string, text = ''): void => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};
const fetch = (installer: string, patience = 5_000) => {
  lay('install.js', installer);
  return fetchElectron({ node: process.execPath, environment: process.env, folder, patience });
};

test('The package’s path file names the binary; half a download is none.', () => {
  expect(electronProgram({}, folder)).toBeUndefined();
  lay('dist/electron');
  expect(electronProgram({}, folder)).toBeUndefined();
  lay('dist/version');
  expect(electronProgram({}, folder)).toBe(path.join(folder, 'dist/electron'));
  lay('dist/Electron.app/Electron');
  lay('path.txt', 'Electron.app/Electron\n');
  expect(electronProgram({}, folder)).toBe(path.join(folder, 'dist/Electron.app/Electron'));
});

test('Another folder counts in the package’s stead, unless it is the stand-in’s.', () => {
  lay('elsewhere/electron');
  const elsewhere = path.join(folder, 'elsewhere');
  expect(electronProgram({ ELECTRON_OVERRIDE_DIST_PATH: elsewhere }, folder)).toBe(
    path.join(elsewhere, 'electron'),
  );
  expect(electronProgram({ ELECTRON_OVERRIDE_DIST_PATH: STAND_IN }, folder)).toBeUndefined();
});

test('What the installer brings is used.', async () => {
  const brings = `const fs = require('fs'); fs.mkdirSync(__dirname + '/dist');
    fs.writeFileSync(__dirname + '/dist/electron', ''); fs.writeFileSync(__dirname + '/path.txt', 'electron');`;
  expect(await fetch(brings)).toEqual({ program: path.join(folder, 'dist/electron') });
});

test('An installer that fails says why in a few words.', async () => {
  const fails = `console.error('TypeError: fetch failed\\n  [cause]: Error: getaddrinfo ENOTFOUND github.com\\n    at x'); process.exit(1);`;
  expect(await fetch(fails)).toEqual({ why: 'ENOTFOUND github.com' });
});

test('An installer that hangs is ended, and half of a binary removed.', async () => {
  const hangs = `const fs = require('fs'); fs.mkdirSync(__dirname + '/dist');
    fs.writeFileSync(__dirname + '/dist/electron', 'half'); setInterval(() => {}, 1000);`;
  expect(await fetch(hangs, 500)).toEqual({ why: 'not within 0.5 s' });
  expect(existsSync(path.join(folder, 'dist'))).toBe(false);
});

test.each([
  ['Error: connect ECONNREFUSED 127.0.0.1:9', 'ECONNREFUSED 127.0.0.1:9'],
  ["  code: 'ENOTFOUND',\n", 'ENOTFOUND'],
  ['HTTPError: Response code 404 (Not Found)\n    at x', 'Response code 404 (Not Found)'],
  ['TypeError: fetch failed\n', 'no connection'],
  ['', 'its installer failed'],
])('Of “%s” is told: %s.', (output, why) => {
  expect(reasonIn(output)).toBe(why);
});
