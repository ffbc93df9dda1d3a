import { describe, expect, test } from 'vitest';
import { editInWords, LOOK_UP, REMOVE, requestFor } from '../../../testing/edit-in-words.ts';
import { editFish } from './fish.ts';

describe('a line that does nothing but set the name to a constant is commented out', () => {
  test.each([
    ['set -gx KEY v', 'v'],
    ['set -x -g KEY v', 'v'],
    ['set --export --global KEY v', 'v'],
    ['set -gx -- KEY v', 'v'],
    ['set -Ux KEY v', 'v'],
    ['set -x KEY v', 'v'],
    ['set KEY v', 'v'],
    ['set -gx KEY "v w"', 'v w'],
    ["set -gx KEY 'it\\'s'", "it's"],
    ['set -gx KEY a b', 'a b'],
    ['set -gx KEY', ''],
    ['set -gx KEY v # "mine', 'v'],
    ['set -gx KEY v;', 'v'],
    ['set -g KEY v; set -gx KEY w', 'v'],
    ['export KEY=v', 'v'],
    ['export KEY="v w"', 'v w'],
    ['set -gx KEY \xC3\xA0', '\xC3\xA0'],
  ])('%s', (line, value) => {
    const words = editInWords(editFish, `set A 1\n${line}\nset B 2\n`);
    expect(words.text).toBe(`set A 1\n# credence 7f3a: ${line}\nset B 2\n`);
    expect(words.done[0]).toBe(`2 commented-out KEY=${JSON.stringify(value)}`);
    expect(words.left).toEqual([]);
  });

  test('with Windows line ends, indentation and no line end at the end', () => {
    expect(editInWords(editFish, 'set A 1\r\n\tset -gx KEY v\r\n set -gx KEY w').text).toBe(
      'set A 1\r\n\t# credence 7f3a: set -gx KEY v\r\n # credence 7f3a: set -gx KEY w',
    );
  });

  test('also where the next statement asks how the one before ended, because `set` passes that on', () => {
    expect(editInWords(editFish, 'false\nset -gx KEY v\nor set -gx A 1\n').text).toBe(
      'false\n# credence 7f3a: set -gx KEY v\nor set -gx A 1\n',
    );
  });
});

test.each([
  ['conditional', 'if true\n  set -gx KEY v\nend'],
  ['conditional', 'true; and set -gx KEY v'],
  ['conditional', 'true\nand set -gx KEY v'],
  ['conditional', 'function f\n  set -gx KEY v\nend'],
  ['conditional', 'true && set -gx KEY v'],
  ['conditional', 'set -gx KEY v >out'],
  ['computed', 'set -gx KEY (pass show key)'],
  ['computed', 'set -gx KEY $OTHER'],
  ['computed', 'set -gx KEY ~/x'],
  ['computed', 'set -a KEY v'],
  ['computed', 'set -gx KEY[1] v'],
  ['computed', 'read -gx KEY'],
  ['shared-line', 'set -gx A 1; set -gx KEY v'],
  ['shared-line', 'export A=1 KEY=v'],
  ['shared-line', 'begin; set -gx KEY v; end'],
  ['shared-line', 'set -gx KEY v >/dev/null'],
  ['shared-line', 'function set; end\nset -gx KEY v'],
  ['several-lines', 'begin\n  set -gx KEY v\nend'],
  ['several-lines', 'set -gx KEY "a\nb"'],
  ['several-lines', 'set -gx \\\n KEY v'],
  ['one-command', 'KEY=v claude'],
  ['one-command', 'set -l KEY v'],
  ['one-command', 'set -lx KEY v'],
  ['malformed', 'set -gx KEY v\nif true'],
  ['malformed', 'set -gx KEY v\nend'],
  ['used-later', 'set -gx KEY v\nset -gx OTHER $KEY'],
  ['used-later', 'set -gx KEY v\nset -q KEY; and set -gx OTHER 1'],
  ['used-later', 'function f --on-variable KEY\nend\nset -gx KEY v'],
  ['used-later', 'export KEY=v\nor set -gx A 1'],
  ['used-later', 'set -gx KEY v\nset -e KEY\nor set -gx A 1'],
])('a line is left as %s: %j', (why, text) => {
  const { left, done } = editInWords(editFish, text);
  expect(done).toEqual([]);
  expect(left.map((line) => line.replace(/^\d+ KEY /, ''))).toEqual([why]);
});

test.each([
  '# set -gx KEY v',
  "echo 'set -gx KEY v'",
  'set -gx KEYS v',
  'set -e KEY',
  'set -q KEY',
  'exit\nset -gx KEY v',
])('%j has nothing to edit', (text) => {
  expect(editFish(text, requestFor())).toEqual({ spans: [], done: [], left: [] });
});

test.each([
  ['set -gx KEY v # x', 'set -gx KEY (credence secret KEY) # x'],
  ['export KEY=v', 'export KEY=(credence secret KEY)'],
])('a value can be looked up: %j', (text, edited) => {
  expect(editInWords(editFish, `${text}\n`, requestFor(LOOK_UP)).text).toBe(`${edited}\n`);
});

test('the words of a look-up are quoted as fish wants it', () => {
  const how = { kind: 'look-up', command: ["it's", 'a\\b', '$x'] } as const;
  expect(editInWords(editFish, 'set -gx KEY v', requestFor(how)).text).toBe(
    "set -gx KEY ('it\\'s' 'a\\\\b' '$x')",
  );
});

test('a list of several values cannot be looked up, nor one behind which `$status` is asked for', () => {
  const left = (text: string): readonly string[] => editInWords(editFish, text, requestFor(LOOK_UP)).left;
  expect(left('set -gx KEY a b')).toEqual(['1 KEY not-possible']);
  expect(left('set -gx KEY a\nset -gx A $status')).toEqual(['1 KEY used-later']);
});

test('a line can be removed', () => {
  expect(editInWords(editFish, 'set A 1\nset -gx KEY v\nset B 2\n', requestFor(REMOVE)).text).toBe(
    'set A 1\nset B 2\n',
  );
});
