import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ancestors, isAbsolute, joinPath, parentFolder, type PathStyle } from './paths.ts';

test.each<[PathStyle, string, boolean]>([
  ['posix', '/', true],
  ['posix', '/a', true],
  ['posix', 'a', false],
  ['posix', '~/a', false],
  ['posix', '', false],
  ['posix', 'C:\\a', false],
  ['win32', 'C:\\a', true],
  ['win32', 'c:/a', true],
  ['win32', '\\\\server\\share', true],
  ['win32', '//server/share', true],
  ['win32', 'C:a', false],
  ['win32', 'a\\b', false],
])('%s: %j is absolute: %j', (style, path, absolute) => {
  expect(isAbsolute(path, style)).toBe(absolute);
});

test.each<[PathStyle, string, string, string]>([
  ['posix', '/a', 'b/c', '/a/b/c'],
  ['posix', '/a//', 'b', '/a/b'],
  ['posix', '/', 'b', '/b'],
  ['posix', '/a', '/b', '/b'],
  ['posix', '/a', '~/b', '/a/~/b'],
  ['posix', '/a', 'b\\c', '/a/b\\c'],
  ['win32', 'C:\\a', 'b/c', 'C:\\a\\b\\c'],
  ['win32', 'C:\\a\\', 'b', 'C:\\a\\b'],
  ['win32', 'C:\\', 'b', 'C:\\b'],
  ['win32', 'C:\\a', 'D:\\b', 'D:\\b'],
])('%s: %j and %j make %j', (style, folder, path, joined) => {
  expect(joinPath(style, folder, path)).toBe(joined);
});

describe('The folders above', () => {
  test.each<[PathStyle, string, readonly string[]]>([
    ['posix', '/a/b/c', ['/a/b/c', '/a/b', '/a', '/']],
    ['posix', '/a', ['/a', '/']],
    ['posix', '/', ['/']],
    ['posix', 'a', ['a']],
    ['win32', 'C:\\a\\b', ['C:\\a\\b', 'C:\\a', 'C:\\']],
    ['win32', 'C:\\a', ['C:\\a', 'C:\\']],
    ['win32', 'C:/a/b', ['C:/a/b', 'C:/a', 'C:\\']],
    ['win32', 'C:\\', ['C:\\']],
  ])('%s: of %j', (style, path, all) => {
    expect(ancestors(path, style)).toEqual(all);
  });

  test.each<[PathStyle, string, string]>([
    ['posix', '/a/b', '/a'],
    ['posix', '/', '/'],
    ['win32', 'C:\\a', 'C:\\'],
    ['win32', 'C:\\', 'C:\\'],
  ])('%s: the nearest of %j is %j', (style, path, parent) => {
    expect(parentFolder(path, style)).toBe(parent);
  });

  test('are few, shorter each time, and begin with the folder itself.', () => {
    const style = fc.constantFrom<PathStyle>('posix', 'win32');
    fc.assert(
      fc.property(style, fc.string({ unit: 'grapheme' }), fc.boolean(), (kind, text, absolute) => {
        const path = absolute ? (kind === 'posix' ? `/${text}` : `C:\\${text}`) : text;
        const all = ancestors(path, kind);
        expect(all[0]).toBe(path);
        expect(new Set(all).size).toBe(all.length);
        expect(all.length).toBeLessThanOrEqual(path.length + 1);
      }),
    );
  });
});
