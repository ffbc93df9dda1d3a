import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asNobody } from '../../../e2e/support/as-nobody.ts';
import { layTree } from '../../../e2e/support/lay-tree.ts';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { fingerprintsContract } from '../../../shared/testing/fingerprints-contract.ts';
import { keyedFingerprints } from './keyed-fingerprints.ts';

const SECRET = 'sk-ant-api03-MADE-UP-0000000000000000000000000000-AAAA';

let root = '';

beforeEach(() => {
  root = layTree({});
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const dataFolder = (): string => path.join(root, 'config', 'credence');

test.each(fingerprintsContract(() => keyedFingerprints(dataFolder())))('$title', ({ run }) => run());

test.runIf(onPosix)(
  'The key is made when it is first needed, and nobody else may read it or its folder.',
  () => {
    const fingerprints = keyedFingerprints(dataFolder());
    expect(() => statSync(dataFolder())).toThrow('ENOENT');
    fingerprints.of(SECRET);
    expect(statSync(dataFolder()).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(dataFolder(), 'fingerprint.key')).mode & 0o777).toBe(0o600);
  },
);

test('Another installation gives the same secret another fingerprint.', () => {
  const elsewhere = keyedFingerprints(path.join(root, 'elsewhere'));
  expect(elsewhere.of(SECRET)).not.toBe(keyedFingerprints(dataFolder()).of(SECRET));
});

test('Without a folder the key lasts for this run, and that is said.', () => {
  const fingerprints = keyedFingerprints(null);
  expect(fingerprints.key).toBe('this-run');
  expect(fingerprints.of(SECRET)).toBe(fingerprints.of(SECRET));
  expect(keyedFingerprints(null).of(SECRET)).not.toBe(fingerprints.of(SECRET));
});

test.runIf(onPosix)(
  'Where the folder cannot be written the key lasts for this run, and that is said.',
  () => {
    const closed = path.join(root, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    asNobody(() => {
      const fingerprints = keyedFingerprints(path.join(closed, 'credence'));
      expect(fingerprints.of(SECRET)).toMatch(/^[0-9a-f]{12}$/);
      expect(fingerprints.key).toBe('this-run');
    });
  },
);

test.each([
  ['is empty', ''],
  ['is cut short', 'abcdef'],
  ['is no key', 'z'.repeat(64)],
])('A kept key that %s is left as it is; the key then lasts for this run.', (_, text) => {
  mkdirSync(dataFolder(), { recursive: true });
  const file = path.join(dataFolder(), 'fingerprint.key');
  writeFileSync(file, text);
  expect(keyedFingerprints(dataFolder()).key).toBe('this-run');
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('Forgotten with its file, the key is another one.', () => {
  const folder = path.join(root, 'own');
  const fingerprints = keyedFingerprints(folder);
  const before = fingerprints.of(SECRET);
  expect([fingerprints.of(SECRET), fingerprints.key]).toEqual([before, 'installation']);
  rmSync(path.join(folder, 'fingerprint.key'));
  fingerprints.forget();
  expect(fingerprints.of(SECRET)).not.toBe(before);
  expect(fingerprints.key).toBe('installation');
});
