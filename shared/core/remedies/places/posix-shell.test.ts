import { describe, expect, test } from 'vitest';
import { COMMENT_OUT, editInWords, LOOK_UP, REMOVE, requestFor } from '../../../testing/edit-in-words.ts';
import { editPosixShell } from './posix-shell.ts';

const bash = editPosixShell('bash');
const zsh = editPosixShell('zsh');

/** What is left of a file, each place with its reason. */
function left(text: string, edit = bash): readonly string[] {
  const words = editInWords(edit, text);
  expect(words.done).toEqual([]);
  expect(words.text).toBe(text);
  return words.left;
}

describe('a line that does nothing but set the name to a constant is commented out', () => {
  test.each([
    ['export KEY=v', 'v'],
    ['KEY=v', 'v'],
    ['export KEY="v w"', 'v w'],
    ["export KEY='v $HOME'", 'v $HOME'],
    ['export KEY="a\\"b\\\\c\\$d"', 'a"b\\c$d'],
    ["export KEY=$'a\\tb\\'c'", "a\tb'c"],
    ['export KEY=a\\ b', 'a b'],
    ['export KEY=a"b"\'c\'d', 'abcd'],
    ['export KEY=', ''],
    ['export KEY=""', ''],
    ['export -- KEY=v', 'v'],
    ['declare -x KEY=v', 'v'],
    ['declare KEY=v', 'v'],
    ['typeset -gx KEY=v', 'v'],
    ['typeset -x -g KEY=v', 'v'],
    ['readonly KEY=v', 'v'],
    ['declare -rx KEY=v', 'v'],
    ['export "KEY"=v', 'v'],
    ['export "KEY=v w"', 'v w'],
    ['export KEY=v;', 'v'],
    ['export KEY=v ;', 'v'],
    ['KEY=v; export KEY', 'v'],
    ['export KEY; KEY=v', 'v'],
    ['export KEY=a#b', 'a#b'],
    ['export KEY=v # it is "mine', 'v'],
    ["export KEY=v # don't\\", 'v'],
    ["export KEY='#'", '#'],
    ['export KEY=a=b', 'a=b'],
    ['KEY={a,b}', '{a,b}'],
    ['export\tKEY=v', 'v'],
    ["KEY='sk-ant-\xC3\xA0'", 'sk-ant-\xC3\xA0'],
    ['KEY=\xC3\xA0', '\xC3\xA0'],
    ['KEY=\xFF\x85\xA0', '\xFF\x85\xA0'],
  ])('%s', (line, value) => {
    expect(editInWords(bash, `A=1\n${line}\nB=2\n`)).toEqual({
      text: `A=1\n# credence 7f3a: ${line}\nB=2\n`,
      done: [`2 commented-out KEY=${JSON.stringify(value)}`],
      left: [],
    });
  });

  test('with its indentation kept in front', () => {
    expect(editInWords(bash, ' \t export KEY=v\n').text).toBe(' \t # credence 7f3a: export KEY=v\n');
  });

  test.each([
    [
      'Windows line ends',
      'A=1\r\nexport KEY=v\r\nB=2\r\n',
      'A=1\r\n# credence 7f3a: export KEY=v\r\nB=2\r\n',
    ],
    ['no line end at the end', 'A=1\nexport KEY=v', 'A=1\n# credence 7f3a: export KEY=v'],
    ['nothing else in the file', 'export KEY=v', '# credence 7f3a: export KEY=v'],
    ['a carriage return at the end of the file', 'export KEY=v\r', '# credence 7f3a: export KEY=v\r'],
    ['blank lines around it', '\n\nexport KEY=v\n\n', '\n\n# credence 7f3a: export KEY=v\n\n'],
    ['a byte order mark', '\xEF\xBB\xBFA=1\nKEY=v\n', '\xEF\xBB\xBFA=1\n# credence 7f3a: KEY=v\n'],
  ])('with %s', (_, text, edited) => {
    expect(editInWords(bash, text).text).toBe(edited);
  });

  test.each([
    ['a here-document that mentions another one', 'cat <<EOF\nexport B=1\nEOF\nexport KEY=v\n', 4],
    ['a function', 'f() {\n  echo x\n}\nexport KEY=v\n', 4],
    ['a condition', 'if true; then\n  B=1\nfi\nexport KEY=v\n', 4],
    ['a statement that goes on over lines', 'export B="a\nb"\nexport KEY=v\n', 3],
    ['a continued line', 'export B=a \\\n  C=d\nexport KEY=v\n', 3],
    ['a comment that ends in a backslash', '# C:\\\nexport KEY=v\n', 2],
    ['the usual guard of files for people', '[ -z "$PS1" ] && return\nexport KEY=v\n', 2],
    ['an alias and a prompt', "alias ll='ls -l'\nPS1='\\$ '\nexport KEY=v\n", 3],
  ])('behind %s', (_, text, line) => {
    const words = editInWords(bash, text);
    expect(words.text).toBe(text.replace('export KEY=v', '# credence 7f3a: export KEY=v'));
    expect(words.done).toEqual([`${String(line)} commented-out KEY="v"`]);
  });

  test('wherever the name is set, so that no copy takes over', () => {
    expect(editInWords(bash, 'KEY=a\nexport KEY\nexport KEY=b\n')).toEqual({
      text: '# credence 7f3a: KEY=a\n# credence 7f3a: export KEY\n# credence 7f3a: export KEY=b\n',
      done: ['1 commented-out KEY="a"', '2 commented-out KEY', '3 commented-out KEY="b"'],
      left: [],
    });
  });

  test('with others that are asked for, too', () => {
    const request = requestFor(COMMENT_OUT, ['KEY', 'OTHER']);
    expect(editInWords(bash, 'export KEY=a OTHER=b\n', request)).toEqual({
      text: '# credence 7f3a: export KEY=a OTHER=b\n',
      done: ['1 commented-out KEY="a"', '1 commented-out OTHER="b"'],
      left: [],
    });
  });

  test('and `unset` stays', () => {
    expect(editInWords(bash, 'KEY=a\nunset KEY\n').text).toBe('# credence 7f3a: KEY=a\nunset KEY\n');
  });
});

describe('a line is left', () => {
  test.each([
    ['conditional', 'if true; then\n  export KEY=v\nfi', 2],
    ['conditional', 'true && export KEY=v', 1],
    ['conditional', 'true ||\n  export KEY=v', 2],
    ['conditional', 'f() {\n  export KEY=v\n}', 2],
    ['conditional', 'for i in 1; do export KEY=v; done', 1],
    ['conditional', 'case x in x) KEY=v;; esac', 1],
    ['conditional', ': ${KEY:=v}', 1],
    ['conditional', 'if [ -f x ]; then return; fi\nexport KEY=v', 2],
    ['conditional', 'export KEY=v >/not/there', 1],
    ['conditional', '\xEF\xBB\xBFexport KEY=v', 1],
    ['computed', 'export KEY=$(pass show key)', 1],
    ['computed', 'export KEY=`pass show key`', 1],
    ['computed', 'export KEY="$OTHER"', 1],
    ['computed', 'export KEY=~/x', 1],
    ['computed', 'export KEY={a,b}', 1],
    ['computed', 'KEY=(a b)', 1],
    ['computed', 'KEY+=v', 1],
    ['computed', 'export "KEY"=a*', 1],
    ['computed', 'KEY[0]=v', 1],
    ['computed', 'declare -i KEY=5', 1],
    ['computed', 'declare -u KEY=v', 1],
    ['computed', 'read KEY </dev/null', 1],
    ['computed', 'printf -v KEY %s v', 1],
    ['computed', "export KEY=$'\\u00e9'", 1],
    ['shared-line', 'export A=1 KEY=v', 1],
    ['shared-line', 'export KEY=v A=1', 1],
    ['shared-line', 'export KEY=v A', 1],
    ['shared-line', 'A=1 KEY=v', 1],
    ['shared-line', 'A=1; export KEY=v', 1],
    ['shared-line', 'export KEY=v; echo done', 1],
    ['shared-line', 'export KEY=v && echo done', 1],
    ['shared-line', 'export KEY=v >/dev/null', 1],
    ['shared-line', 'command export KEY=v', 1],
    ['shared-line', '{ export KEY=v; }', 1],
    ['shared-line', 'export KEY=v \r\nA=1\r\n', 1],
    ['shared-line', 'export KEY=v;\r\nA=1\r\n', 1],
    ['shared-line', 'export KEY\r\nA=1\r\n', 1],
    ['several-lines', '{ export KEY=v\n}', 1],
    ['several-lines', 'export KEY="a\nb"', 1],
    ['several-lines', 'export KEY=\\\nv', 1],
    ['several-lines', 'export \\\n  KEY=v', 1],
    ['several-lines', 'export KEY=v \\\n', 1],
    ['several-lines', '\\\nexport KEY=v', 2],
    ['several-lines', 'export KEY=v; cat <<E\nx\nE', 1],
    ['one-command', 'KEY=v claude', 1],
    ['one-command', 'env KEY=v claude', 1],
    ['one-command', '(export KEY=v)', 1],
    ['one-command', 'echo "$(export KEY=v)"', 1],
    ['one-command', 'export KEY=v | cat', 1],
    ['one-command', 'export KEY=v &', 1],
    ['malformed', 'if true; then\nfi fi\nexport KEY=v', 3],
    ['malformed', 'cat <<E\r\nx\r\nE\nexport KEY=v\n', 4],
    ['used-later', 'export KEY=v\nexport OTHER=$KEY', 1],
    ['used-later', 'export KEY=v\nexport OTHER="${KEY}x"', 1],
    ['used-later', 'f() { export OTHER="$KEY"; }\nexport KEY=v\nf', 2],
    ['used-later', 'KEY=v\ncat <<E\n$KEY\nE', 1],
    ['used-later', 'KEY=v\nif [[ -v KEY ]]; then A=1; fi', 1],
    ['used-later', 'KEY=5\nA=$((KEY + 1))', 1],
    ['used-later', 'KEY=v\nprintenv KEY', 1],
    ['used-later', 'typeset -u KEY\nKEY=v', 2],
    ['used-later', "KEY=v\nA=1 # it's\necho '# ' $KEY", 1],
    ['used-later', 'export KEY=v\necho $_', 1],
    ['used-later', "trap 'n=$((n+1))' DEBUG\nexport KEY=v", 2],
    ['shared-line', 'export() { :; }\nexport KEY=v', 2],
    ['shared-line', "alias export='echo'\nexport KEY=v", 2],
  ])('as %s: %j', (why, text, line) => {
    expect(left(text)).toEqual([`${String(line)} KEY ${why}`]);
  });

  test('with every other one of its name when it is read-only, because an error would go with them', () => {
    expect(left('readonly KEY=a\nKEY=b\nexport OTHER=1\n')).toEqual(['1 KEY used-later', '2 KEY used-later']);
    // dash gives up here, too.
    expect(left('readonly KEY=a\nKEY=b true\nexport OTHER=1\n')).toEqual([
      '1 KEY used-later',
      '2 KEY one-command',
    ]);
  });

  test('but a bare `export` beside it stays without a word, because it serves what stays', () => {
    expect(editInWords(bash, 'KEY=a\nKEY=$(cmd)\nexport KEY\n')).toEqual({
      text: '# credence 7f3a: KEY=a\nKEY=$(cmd)\nexport KEY\n',
      done: ['1 commented-out KEY="a"'],
      left: ['2 KEY computed'],
    });
  });

  test.each([
    ['UTF-16', '\xFF\xFEe\0x\0p\0o\0r\0t\0 \0K\0E\0Y\0=\0v\0\n\0'],
    ['UTF-16 of the other kind', '\xFE\xFF\0K\0E\0Y\0=\0v'],
    ['a zero byte', 'A=\0\nexport KEY=v\n'],
  ])('for its encoding: %s', (_, text) => {
    expect(left(text)).toEqual([`${String(text.startsWith('A') ? 2 : 1)} KEY encoding`]);
  });
});

test.each([
  'cat <<EOF\nexport KEY=v\nEOF\n',
  "cat <<'EOF'\nexport KEY=v\nEOF\n",
  'echo "\nexport KEY=v\n"\n',
  '# export KEY=v\n',
  '# credence 7f3a: export KEY=v\n',
  'export KEYS=v\nexport MY_KEY=v\nexport key=v\nexport KEY2=v\n',
  'echo export KEY=v\n',
  "alias k='export KEY=v'\n",
  'unset KEY\n',
  'export -n KEY\n',
  'return\nexport KEY=v\n',
  'eval "export KEY=v"\n',
  '',
])('%j has nothing to edit', (text) => {
  expect(bash(text, requestFor())).toEqual({ spans: [], done: [], left: [] });
});

test.each([
  '# Set KEY for claude',
  'claude() {\n  # never with KEY\n  env -u KEY command claude "$@"\n}',
  "alias claude='KEY= claude'",
  "alias claude='env --unset=KEY claude'",
  'unset A KEY',
  'clear_it() { unset KEY; }',
])('%j reads no value, and holds nothing up', (other) => {
  expect(editInWords(bash, `KEY=v\n${other}\n`).done).toEqual(['1 commented-out KEY="v"']);
});

describe('zsh', () => {
  test.each([
    ['typeset -gx KEY=v', 'v'],
    ['export KEY=a*b', 'a*b'],
    ['export KEY=v # it "is', 'v'],
  ])('%s is commented out', (line, value) => {
    expect(editInWords(zsh, `${line}\n`).done).toEqual([`1 commented-out KEY=${JSON.stringify(value)}`]);
  });

  test.each([
    ['KEY==ls', 'computed'],
    ['export "KEY"=v', 'computed'],
    ['if [[ -z $HOME ]] { export KEY=v }', 'conditional'],
    ['repeat 2 { export KEY=v }', 'conditional'],
    ["histchars='!^;'\nexport KEY=v", 'used-later'],
    ['export KEY=v\nA=${(P)KEY}', 'used-later'],
    ['export KEY=v\n(( $+KEY )) && A=1', 'used-later'],
    ['export KEY=v\nif (( ${+KEY} )); then A=1; fi', 'used-later'],
  ])('%j is left as %s', (text, why) => {
    expect(left(text, zsh).map((line) => line.replace(/^\d+ KEY /, ''))).toEqual([why]);
  });
});

describe('how the last command ended', () => {
  test.each([
    ['false\nexport KEY=v\necho $?\n', 'false\n: # credence 7f3a: export KEY=v\necho $?\n'],
    ['export A=1\nexport KEY=v\necho $?\n', 'export A=1\n# credence 7f3a: export KEY=v\necho $?\n'],
    ['export A=$(x)\nexport KEY=v\necho $?\n', 'export A=$(x)\n: # credence 7f3a: export KEY=v\necho $?\n'],
    ['export KEY=v\nexport A=$?\n', ': # credence 7f3a: export KEY=v\nexport A=$?\n'],
    ['false\nKEY=a\nKEY=b\nreturn\n', 'false\n: # credence 7f3a: KEY=a\n: # credence 7f3a: KEY=b\nreturn\n'],
    ['false\nexport KEY=v\ntrue\n', 'false\n# credence 7f3a: export KEY=v\ntrue\n'],
  ])('stays as it was where it may be asked for: %j', (text, edited) => {
    expect(editInWords(bash, text).text).toBe(edited);
  });

  test('stays so when lines are removed, too', () => {
    expect(editInWords(bash, 'false\n KEY=v # x\r\nreturn\n', requestFor(REMOVE)).text).toBe(
      'false\n: # credence 7f3a\r\nreturn\n',
    );
  });
});

describe('remove', () => {
  test.each([
    ['A=1\nexport KEY=v\nB=2\n', 'A=1\nB=2\n'],
    ['A=1\r\nexport KEY=v\r\nB=2\r\n', 'A=1\r\nB=2\r\n'],
    ['A=1\n  export KEY=v # x', 'A=1\n'],
    ['export KEY=v\n', ''],
    ['\xEF\xBB\xBF\nKEY=v\nB=2\n', '\xEF\xBB\xBF\nB=2\n'],
  ])('takes the whole line with its end: %j', (text, edited) => {
    expect(editInWords(bash, text, requestFor(REMOVE)).text).toBe(edited);
  });

  test('leaves a line when something counts lines', () => {
    expect(editInWords(bash, 'KEY=v\nexport A=$LINENO\n', requestFor(REMOVE)).left).toEqual([
      '1 KEY used-later',
    ]);
  });
});

describe('look up', () => {
  test.each([
    ['export KEY=v', 'export KEY="$(credence secret KEY)"'],
    ['  export KEY="v w" # mine', '  export KEY="$(credence secret KEY)" # mine'],
    ['KEY=v; export KEY', 'KEY="$(credence secret KEY)"; export KEY'],
    ['KEY=v\nexport KEY', 'KEY="$(credence secret KEY)"\nexport KEY'],
    ['declare -x KEY=v', 'declare -x KEY="$(credence secret KEY)"'],
    ['export "KEY=v"', 'export KEY="$(credence secret KEY)"'],
    ['export KEY=v\nA=$KEY', 'export KEY="$(credence secret KEY)"\nA=$KEY'],
  ])('replaces the value alone: %j', (text, edited) => {
    expect(editInWords(bash, `${text}\n`, requestFor(LOOK_UP)).text).toBe(`${edited}\n`);
  });

  test('quotes the words of the command', () => {
    const how = { kind: 'look-up', command: ["/opt/it's é/credence", 'a b', '$x', '~', ''] } as const;
    expect(editInWords(bash, 'KEY=v', requestFor(how)).text).toBe(
      `KEY="$('/opt/it'\\''s \xC3\xA9/credence' 'a b' '$x' '~' '')"`,
    );
  });

  test('leaves an empty value, several values that are used, and words that no line can hold', () => {
    expect(editInWords(bash, 'export KEY=', requestFor(LOOK_UP)).left).toEqual(['1 KEY computed']);
    expect(editInWords(bash, 'KEY=a\nA=$KEY\nKEY=b', requestFor(LOOK_UP)).left).toEqual([
      '1 KEY used-later',
      '3 KEY used-later',
    ]);
    const how = { kind: 'look-up', command: ['a\nb'] } as const;
    expect(editInWords(bash, 'KEY=v', requestFor(how)).left).toEqual(['1 KEY not-possible']);
  });
});
