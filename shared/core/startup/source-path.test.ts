import { expect, test } from 'vitest';
import { readSourcePath } from './source-path.ts';

test.each([
  ['~/x', '~/x'],
  ['"$HOME"/x', '$HOME/x'],
  ['"${HOME}/a b"', '${HOME}/a b'],
  ['"${XDG_CONFIG_HOME:-$HOME/.config}/x"', '${XDG_CONFIG_HOME:-$HOME/.config}/x'],
  ["'a b'", 'a b'],
  ['a\\ b', 'a b'],
  ['"a\\"b\\c"', 'a"b\\c'],
  ['a\\\nb', 'ab'],
  ['"~/x"', './~/x'],
  ['\\~/x', './~/x'],
  ['$HOME_X/x', null],
  ['$OTHER/x', null],
  ['\\$HOME/x', null],
  ['*.sh', null],
  ['"*.sh"', '*.sh'],
  ['{a,b}', null],
  ['`x`', null],
  ['"$(x)"', null],
  ["'a", null],
  ['""', null],
])('%s names %s', (word, path) => {
  expect(readSourcePath(word)).toBe(path);
});
