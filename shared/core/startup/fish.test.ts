import { describe, expect, test } from 'vitest';
import { readFish } from './fish.ts';

const wanted = (name: string): boolean => /^(?:KEY|URL|KEY_PATH)$/.test(name);

function summary(text: string): readonly string[] {
  return readFish(text, wanted).assignments.map(({ line, name, value, kind, certainty, exported }) =>
    [
      line,
      kind,
      value === null ? name : `${name}=${JSON.stringify(value)}`,
      certainty,
      exported ? 'exported' : 'kept',
    ].join(' '),
  );
}

describe('set', () => {
  test.each([
    ['exports with -gx', 'set -gx KEY a', '1 set KEY="a" literal exported'],
    ['exports with -Ux', 'set -Ux KEY a', '1 set KEY="a" literal exported'],
    ['exports with long options', 'set --global --export KEY a', '1 set KEY="a" literal exported'],
    ['exports with -x alone', 'set -x KEY -- a', '1 set KEY="-- a" literal exported'],
    ['does not export by itself', 'set -g KEY a', '1 set KEY="a" literal kept'],
    ['joins several values', 'set -gx KEY a "b c"', '1 set KEY="a b c" literal exported'],
    ['joins values of a path with colons', 'set -gx KEY_PATH a b', '1 set KEY_PATH="a:b" literal exported'],
    ['may set nothing', 'set -gx KEY', '1 set KEY="" literal exported'],
    ['with -l reaches nobody', 'set -lx KEY a', '1 scoped KEY="a" literal kept'],
    ['with -e removes', 'set -e KEY', '1 unset KEY literal exported'],
    ['with -eg removes', 'set -eg KEY', '1 unset KEY literal exported'],
    ['with -a appends', 'set -a KEY x', '1 set KEY computed kept'],
    ['of one item is a part', 'set -gx KEY[1] x', '1 set KEY computed exported'],
  ])('%s', (_, text, line) => {
    expect(summary(text)).toEqual([line]);
  });

  test('keeps an exported variable exported', () => {
    expect(summary('set -gx KEY a\nset KEY b')).toEqual([
      '1 set KEY="a" literal exported',
      '2 set KEY="b" literal exported',
    ]);
  });

  test.each(['set -q KEY', 'set -S KEY', 'set', 'set -gx $name a', 'set -n'])(
    'says nothing for %s',
    (text) => {
      expect(summary(text)).toEqual([]);
    },
  );
});

describe('values', () => {
  test.each([
    ["'it\\'s \\\\ \\n $x'", "it's \\ \\n $x"],
    ['"a\\"b\\$c\\\\d\\e"', 'a"b$c\\d\\e'],
    ['a\\ b\\tc\\x41\\u0042', 'a b\tcAB'],
    ['a"b"\'c\'', 'abc'],
    ['a#b', 'a#b'],
    ['a\\\nb', 'ab'],
  ])('%s', (text, value) => {
    expect(summary(`set -gx KEY ${text}`)).toEqual([`1 set KEY=${JSON.stringify(value)} literal exported`]);
  });

  test.each([
    '$HOME',
    '"$HOME"',
    '(cat ~/key)',
    '"$(cat ~/key)"',
    '~/key',
    '{a,b}',
    '*',
    'a\\xe9',
    '"a',
    '%self',
  ])('%s is computed', (text) => {
    expect(summary(`set -gx KEY ${text}`)).toEqual(['1 set KEY computed exported']);
  });
});

describe('conditions', () => {
  test.each([
    'if status is-interactive; set -gx KEY a; end',
    'status is-interactive; and set -gx KEY a',
    'set -q KEY; or set -gx KEY a',
    'true && set -gx KEY a',
    'switch x; case y; set -gx KEY a; end',
    'for x in y; set -gx KEY a; end',
    'function f; set -gx KEY a; end',
    'test -f x; or return; set -gx KEY a',
    'set -gx KEY a; end',
    'set -gx KEY a; if true',
  ])('%s', (text) => {
    expect(summary(text)).toEqual(['1 set KEY="a" conditional exported']);
  });

  test.each([
    'begin; set -gx KEY a; end',
    'if x; end; set -gx KEY a',
    'status is-interactive; or exit; set -gx KEY a',
    'not set -gx KEY a',
    'set -gx KEY a | cat',
    'export KEY=a',
    'echo (echo ")" \'(\') >/dev/null; set -gx KEY a',
  ])('none in %s', (text) => {
    expect(summary(text)).toEqual(['1 set KEY="a" literal exported']);
  });

  test('a function that defines itself anew leaves everything open', () => {
    const twice = 'set -gx KEY a\nfunction f; function f; set -e KEY; end; f; end\nf';
    expect(summary(twice)[0]).toEqual('1 set KEY="a" conditional exported');
  });

  test('a function sets a local variable unless there is a global one', () => {
    expect(summary('function f; set -x KEY a; end')).toEqual(['1 scoped KEY="a" conditional kept']);
    expect(summary('function f; set KEY a; end\nset -gx KEY b')).toEqual([
      '1 set KEY="a" conditional kept',
      '2 set KEY="b" literal exported',
    ]);
  });
});

test.each([
  ['set -gx KEY $HOME/x', '$HOME/x'],
  ['set -gx KEY "$__fish_config_dir/x"', '$__fish_config_dir/x'],
  ['set -gx KEY ~/x', '~/x'],
  ['set -gx KEY ~/x ~/y', null],
  ['set -gx KEY (pwd)', null],
])('the path in %s can be expanded', (text, pathAsWritten) => {
  expect(readFish(text, wanted).assignments).toMatchObject([{ pathAsWritten }]);
});

test('what is no assignment is passed over', () => {
  const text =
    '# set -gx KEY a\necho set -gx KEY a\nalias x "set -gx KEY a"\nKEY=a claude\necho "\nset -gx KEY a\n"';
  expect(summary(text)).toEqual(['4 scoped KEY="a" literal kept']);
});

test('lines are counted through continued lines and Windows line ends', () => {
  expect(summary('echo a \\\r\n  # comment\r\n  b\r\nset -gx \\\r\n KEY a\r\n')).toEqual([
    '4 set KEY="a" literal exported',
  ]);
});

test('sourced files are told', () => {
  const text =
    'source ~/.env.fish\ntest -f $__fish_config_dir/x.fish; and . $__fish_config_dir/x.fish\nstarship init fish | source\nsource (x | psub)';
  expect(readFish(text, wanted).sources).toEqual([
    { line: 1, path: '~/.env.fish', conditional: false, exportsAll: false, syntax: 'same' },
    { line: 2, path: '$__fish_config_dir/x.fish', conditional: true, exportsAll: false, syntax: 'same' },
    { line: 4, path: null, conditional: false, exportsAll: false, syntax: 'same' },
  ]);
});
