import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gitIndex, type GitIndexOptions } from '../testing/git-index-bytes.ts';
import { encodeUtf8 } from '../testing/utf8.ts';
import { gitIndexPaths } from './git-index.ts';

const latin1 = (bytes: readonly number[]): string => bytes.map((byte) => String.fromCharCode(byte)).join('');
const named = (path: string): string => latin1(encodeUtf8(path));

const path = fc
  .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 })
  .map((steps) => steps.join('/').replaceAll('\0', '0'));
const options: fc.Arbitrary<GitIndexOptions> = fc.record({
  version: fc.constantFrom(2, 3, 4),
  hash: fc.constantFrom('sha1', 'sha256'),
  extended: fc.constantFrom(
    () => false,
    (at: number) => at % 2 === 0,
  ),
});

test('The paths of an index come back as they were put in, in every version.', () => {
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 20 }), options, (paths, how) => {
      const sorted = [...paths].sort();
      expect(gitIndexPaths(latin1(gitIndex(sorted, how)), how.hash)).toEqual(sorted.map(named));
    }),
  );
});

test('A name of more than 4,095 bytes is read whole, and so is the one after it.', () => {
  const paths = ['a'.repeat(5000), `${'a'.repeat(4990)}b`, 'c'];
  for (const version of [2, 4] as const)
    expect(gitIndexPaths(latin1(gitIndex(paths, { version })))).toEqual(paths);
});

test('An empty index names nothing.', () => {
  expect(gitIndexPaths(latin1(gitIndex([])))).toEqual([]);
});

test.each([
  ['no text', ''],
  ['something else', 'PACK\0\0\0\u0002'],
  ['the first letters alone', 'DIRC'],
  ['a version that is not known', 'DIRC\0\0\0\u0005\0\0\0\0'],
  ['more entries than there are', 'DIRC\0\0\0\u0002\0\0\0\u0001'],
])('It is no index: %s.', (_, text) => {
  expect(gitIndexPaths(text)).toBeNull();
});

test('An index of the other hash is not taken for one of this.', () => {
  const paths = ['a', 'b/c', 'd'];
  expect(gitIndexPaths(latin1(gitIndex(paths, { hash: 'sha256' })), 'sha1')).toBeNull();
});

test('One that breaks off is none, and never a reason to fail.', () => {
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 8 }), options, fc.nat(), (paths, how, at) => {
      const whole = latin1(gitIndex([...paths].sort(), how));
      const cut = whole.slice(0, at % (whole.length - (how.hash === 'sha1' ? 20 : 32)));
      expect(gitIndexPaths(cut, how.hash)?.length ?? 0).toBeLessThanOrEqual(paths.length);
    }),
  );
});

test('Garbage is no reason to fail or to take long.', () => {
  const byte = fc.nat(255).map((code) => String.fromCharCode(code));
  const garbage = fc.oneof(
    fc.string({ unit: byte }),
    fc.string({ unit: byte, maxLength: 300 }).map((text) => `DIRC\0\0\0\u0004${text}`),
  );
  fc.assert(
    fc.property(garbage, fc.constantFrom('sha1' as const, 'sha256' as const), (text, hash) => {
      const paths = gitIndexPaths(text, hash);
      expect(paths === null || Array.isArray(paths)).toBe(true);
    }),
  );
});
