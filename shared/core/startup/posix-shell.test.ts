import { describe, expect, test } from 'vitest';
import type { StartupText } from './assignment.ts';
import { readPosixShell } from './posix-shell.ts';

const wanted = (name: string): boolean => /^(?:KEY|URL|ZDOTDIR)$/.test(name);

/** One line for each assignment: `1 KEY="x" literal exported`. */
function summary({ assignments }: StartupText): readonly string[] {
  return assignments.map(({ line, name, value, kind, certainty, conditional, exported }) =>
    [
      line,
      kind === 'set' ? '' : kind,
      value === null ? name : `${name}=${JSON.stringify(value)}`,
      certainty,
      certainty === 'computed' && conditional ? 'conditional' : '',
      exported ? 'exported' : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
}

const bash = (text: string): readonly string[] => summary(readPosixShell(text, wanted));
const zsh = (text: string): readonly string[] => summary(readPosixShell(text, wanted, 'zsh'));

describe('a value is what the shell would set', () => {
  test.each([
    ['bare text', 'export KEY=sk-ant_1.2/3:4@5', 'sk-ant_1.2/3:4@5'],
    ['nothing', 'export KEY=', ''],
    ['single quotes', 'export KEY=\'a $HOME "b" \\\'', 'a $HOME "b" \\'],
    ['double quotes', 'export KEY="a b\'c"', "a b'c"],
    ['escapes in double quotes', 'export KEY="\\$x \\" \\\\ \\` \\q"', '$x " \\ ` \\q'],
    ['parts joined', 'export KEY="a"\'b\'c\\ d', 'abc d'],
    ['ANSI-C quotes', "export KEY=$'a\\tb\\x41\\102\\'\\u0043'", "a\tbAB'C"],
    ['translated quotes', 'export KEY=$"x"', 'x'],
    ['a hash inside a word', 'export KEY=a#b # a comment', 'a#b'],
    ['an equals sign', 'export KEY=a=b==', 'a=b=='],
    ['a lonely dollar', 'export KEY="a$" # x', 'a$'],
    ['a continued line', 'export KEY=a\\\nb', 'ab'],
    ['several lines in quotes', 'export KEY="a\nb"', 'a\nb'],
    ['a quoted name', 'export "KEY=a b"', 'a b'],
    ['a tilde in quotes', 'export KEY="~/x"', '~/x'],
  ])('of %s', (_, text, value) => {
    expect(bash(text)).toEqual([`1 KEY=${JSON.stringify(value)} literal exported`]);
  });

  test.each([
    ['a variable', 'export KEY=$OTHER'],
    ['a variable in quotes', 'export KEY="a${OTHER}b"'],
    ['a command', 'export KEY=$(cat ~/key)'],
    ['a command in quotes', 'export KEY="$(pass show "a b" | head -1)"'],
    ['a command in backquotes', 'export KEY=`cat ~/key`'],
    ['arithmetic', 'export KEY=$((1+2))'],
    ['a tilde', 'export KEY=~/key'],
    ['a tilde behind a colon', 'export KEY=a:~/key'],
    ['an array', 'KEY=(a b); export KEY'],
    ['text that is appended', 'export KEY+=x'],
    ['alternatives in braces', 'export KEY={a,b}'],
    ['an integer', 'declare -ix KEY=1+1'],
    ['upper case', 'declare -ux KEY=a'],
    ['quotes that are not closed', 'export KEY="a\nexport URL=b\n'],
    ['an escape that shells disagree about', "export KEY=$'\\q'"],
    ['a byte beyond ASCII', "export KEY=$'\\xe9'"],
  ])('is not known of %s', (_, text) => {
    expect(bash(text)).toEqual(['1 KEY computed exported']);
  });
});

describe('a variable reaches later programs', () => {
  test.each([
    ['not by an assignment alone', 'KEY=a', '1 KEY="a" literal'],
    ['by export afterwards', 'KEY=a\nexport KEY', '1 KEY="a" literal exported'],
    ['by export before', 'export KEY\nKEY=a', '2 KEY="a" literal exported'],
    ['by export of several', 'export URL KEY=a', '1 KEY="a" literal exported'],
    ['by declare -x', 'declare -x KEY=a', '1 KEY="a" literal exported'],
    ['by typeset -gx', 'typeset -gx KEY=a', '1 KEY="a" literal exported'],
    ['not by declare alone', 'declare KEY=a', '1 KEY="a" literal'],
    ['under set -a', 'set -a; KEY=a', '1 KEY="a" literal exported'],
    ['under set -o allexport', 'set -eo allexport\nKEY=a', '2 KEY="a" literal exported'],
    ['not after set +a', 'set -a; set +a; KEY=a', '1 KEY="a" literal'],
    [
      'perhaps, when it is exported perhaps',
      'KEY=a\n[ -t 0 ] && export KEY',
      '1 KEY="a" conditional exported',
    ],
    ['not by export in a subshell', 'KEY=a\n( export KEY )', '1 KEY="a" literal'],
    ['not by export -f', 'KEY=a\nexport -f KEY', '1 KEY="a" literal'],
    ['by command export', 'command export KEY=a', '1 KEY="a" literal exported'],
    ['by an escaped name', '\\export KEY=a', '1 KEY="a" literal exported'],
    ['by readonly and export', 'readonly KEY=a\nexport KEY', '1 KEY="a" literal exported'],
  ])('%s', (_, text, line) => {
    expect(bash(text)).toEqual([line]);
  });

  test('by a second value of an exported variable', () => {
    expect(bash('export KEY=a\nKEY=b')).toEqual(['1 KEY="a" literal exported', '2 KEY="b" literal exported']);
  });

  test('no longer after unset', () => {
    expect(bash('export KEY=a\nunset KEY\nKEY=b')).toEqual([
      '1 KEY="a" literal exported',
      '2 unset KEY literal exported',
      '3 KEY="b" literal',
    ]);
  });

  test('no longer after export -n', () => {
    expect(bash('export KEY=a\nexport -n KEY')).toEqual([
      '1 KEY="a" literal exported',
      '2 unset KEY literal exported',
    ]);
  });
});

describe('an assignment that may not happen is conditional', () => {
  test.each([
    ['in if', 'if [ -t 0 ]; then\nexport KEY=a\nfi'],
    ['in else', 'if x; then y\nelse export KEY=a; fi'],
    ['in a case', 'case $TERM in\n(xterm|"a b") export KEY=a ;; esac'],
    ['in for', 'for f in a b; do\nexport KEY=a; done'],
    ['in an arithmetic loop', 'for ((i=0;i<3;i++)); do\nexport KEY=a; done'],
    ['in while', 'while false; do\nexport KEY=a; done'],
    ['behind &&', '[ -f x ] &&\n export KEY=a'],
    ['behind ||', 'true ||\n { export KEY=a; }'],
    ['in a function', 'f() {\nexport KEY=a\n}'],
    ['in a function with its keyword', 'function f\n{ export KEY=a; }'],
    ['behind a redirection that may fail', ':\nexport KEY=a >"$LOG"'],
    ['behind a return that may happen', '[ -f x ] || return\nexport KEY=a'],
    ['behind a syntax error', 'fi\nexport KEY=a'],
    ['in braces that are not closed', '{\nexport KEY=a'],
    ['behind exec', 'exec zsh -l\nexport KEY=a'],
  ])('%s', (_, text) => {
    expect(bash(text)).toEqual(['2 KEY="a" conditional exported']);
  });

  test('as the default of an expansion', () => {
    expect(bash(': ${KEY:=a}\n: "${URL=$OTHER}"\nexport KEY')).toEqual([
      '1 KEY="a" conditional exported',
      '2 URL computed conditional',
    ]);
  });

  test('also in the first line behind a byte order mark, which is no command of that name', () => {
    expect(bash('\uFEFFexport KEY=a\nexport URL=b')).toEqual([
      '1 KEY="a" conditional exported',
      '2 URL="b" literal exported',
    ]);
  });
});

describe('an assignment that later programs cannot get is scoped', () => {
  test.each([
    ['before a command', 'KEY=a claude', '1 scoped KEY="a" literal'],
    [
      'before a command under a modifier',
      'f() { KEY=a command claude "$@"; }',
      '1 scoped KEY="a" conditional',
    ],
    ['by env', 'env KEY=a claude', '1 scoped KEY="a" literal'],
    ['in a subshell', '(cd /x; export KEY=a)', '1 scoped KEY="a" literal'],
    ['in a pipeline', 'export KEY=a | cat', '1 scoped KEY="a" literal'],
    ['in a job', '{ export KEY=a; } &', '1 scoped KEY="a" literal'],
    ['in a command substitution', 'x=$(export KEY=a; claude)', '1 scoped KEY="a" literal'],
    ['in a process substitution', 'cat <(export KEY=a)', '1 scoped KEY="a" literal'],
    ['as a local variable', 'f() { local KEY=a; }', '1 scoped KEY="a" conditional'],
    ['of a local variable', 'f() { local KEY; export KEY=a; }', '1 scoped KEY="a" conditional'],
  ])('%s', (_, text, line) => {
    expect(bash(text)).toEqual([line]);
  });
});

describe('what is no assignment is passed over', () => {
  test.each([
    ['a comment', '# export KEY=a'],
    ['an argument', 'echo export KEY=a'],
    ['an alias', "alias claude='KEY=a claude'"],
    ['eval', "eval 'export KEY=a'"],
    ['a here-document', 'cat <<EOF\nexport KEY=a\nEOF'],
    ['a quoted here-document', "cat <<'EOF'\nit's\nexport KEY=a\nEOF"],
    ['an indented here-document', 'cat <<-EOF\n\texport KEY=a\n\tEOF'],
    ['two here-documents', 'cat <<A <<B\nexport KEY=a\nA\nexport KEY=b\nB'],
    ['a string of several lines', "x='\nexport KEY=a\n'"],
    ['a condition', '[[ $x =~ ^(a|KEY=b)$ && KEY=a ]]'],
    ['another name', 'export OTHER=a MY_KEY=b'],
    ['an unset function', 'unset -f KEY'],
    ['what follows return', 'return\nexport KEY=a'],
  ])('%s', (_, text) => {
    expect(bash(text)).toEqual([]);
  });

  test.each([
    ['a here-document', "cat <<EOF\nit's `\nEOF\nexport KEY=a", 4],
    ['a here-document in a substitution', 'x="$(cat <<EOF\n)"\nEOF\n)"\nexport KEY=a', 5],
    ['a case in a substitution', 'x=$(case a in a) echo ")";; esac)\nexport KEY=a', 2],
    ['a comment in an array', "x=(a # it's\nb)\nexport KEY=a", 3],
    ['parentheses in a pattern', 'case x in a\\)|"b)") ;; *) ;; esac\nexport KEY=a', 2],
    ['nested expansions', 'x=${a:-"${b:-"}"}"}\nexport KEY=a', 2],
    ['backquotes', "x=`echo \\`it's\\``\nexport KEY=a", 2],
    ['a function', 'f() { if x; then y; fi; }\nexport KEY=a', 2],
    ['Windows line ends', 'if x; then\r\n  y\r\nfi\r\nexport KEY=a\r\n', 4],
    ['continued lines', 'echo a \\\n  b \\\n  c\nexport KEY=a', 4],
    ['the guard against scripts', 'case $- in *i*) ;; *) return ;; esac\nexport KEY=a', 2],
    ['the shorter guard', '[ -z "$PS1" ] && return\nexport KEY=a', 2],
  ])('and reading goes on behind %s', (_, text, line) => {
    expect(bash(text)).toEqual([`${String(line)} KEY="a" literal exported`]);
  });
});

test('a statement has the line on which it starts', () => {
  expect(bash('\n\nexport URL=b \\\n  KEY="a\nb"\n\nKEY=c')).toEqual([
    '3 URL="b" literal exported',
    '3 KEY="a\\nb" literal exported',
    '7 KEY="c" literal exported',
  ]);
});

test('what a function does is told again where it is called, because later statements may come in between', () => {
  expect(bash('f() { export KEY=a; }\nexport KEY=b\nf')).toEqual([
    '1 KEY="a" conditional exported',
    '2 KEY="b" literal exported',
    '1 KEY="a" conditional exported',
  ]);
});

test.each([
  ['export ZDOTDIR="$HOME/.config/zsh"', '$HOME/.config/zsh'],
  ['ZDOTDIR=~/.config/zsh', '~/.config/zsh'],
  ['export ZDOTDIR=${XDG_CONFIG_HOME:-$HOME/.config}/zsh', '${XDG_CONFIG_HOME:-$HOME/.config}/zsh'],
  ['export ZDOTDIR=/z', null],
  ['export ZDOTDIR=$(pwd)', null],
  ['export ZDOTDIR=$HOME/$x', null],
  ['export ZDOTDIR+=~/x', null],
  ['export ZDOTDIR=~/x:~/y', null],
])('the path in %s can be expanded', (text, pathAsWritten) => {
  expect(readPosixShell(text, wanted).assignments).toMatchObject([{ pathAsWritten }]);
});

describe('zsh', () => {
  test.each([
    ['runs the last part of a pipeline itself', 'true | export KEY=a', '1 KEY="a" literal exported'],
    ['has no translated quotes', 'export KEY=$"x"', '1 KEY="$x" literal exported'],
    ['expands a tilde behind a quoted colon', `export KEY=':'~/x`, '1 KEY computed exported'],
    ['expands =command', 'export KEY==ls', '1 KEY computed exported'],
    ['closes braces without a semicolon', 'f() { true }; export KEY=a', '1 KEY="a" literal exported'],
    ['has if with braces', 'if [[ -n x ]] { export KEY=a } else { true }', '1 KEY="a" conditional exported'],
    ['has short loops', 'for f (a b) export KEY=a', '1 KEY="a" conditional exported'],
    [
      'has glob qualifiers',
      'for f in ~/x/*.zsh(N); do true; done; export KEY=a',
      '1 KEY="a" literal exported',
    ],
    ['has setopt', 'setopt ALL_EXPORT; KEY=a', '1 KEY="a" literal exported'],
    ['exports globally from functions', 'f() { typeset -x KEY=a }', '1 KEY="a" conditional exported'],
    ['may read ZDOTDIR anew', 'export ZDOTDIR=/z', '1 ZDOTDIR="/z" literal exported'],
  ])('%s', (_, text, line) => {
    expect(zsh(text)).toEqual([line]);
  });
});

describe('sourced files', () => {
  test.each([
    ['. ~/.env', '~/.env', false],
    ['source "$HOME/.config/x y"', '$HOME/.config/x y', false],
    ['[ -f ~/.bashrc ] && . ~/.bashrc', '~/.bashrc', true],
    ['if true; then\n. "${ZDOTDIR:-$HOME}/.aliases"; fi', '${ZDOTDIR:-$HOME}/.aliases', true],
    ['. /etc/profile.d/x.sh', '/etc/profile.d/x.sh', false],
    ['\\. ./x.sh', './x.sh', false],
    ['. "$NVM_DIR/nvm.sh"', null, false],
    ['source <(kubectl completion bash)', null, false],
    ['. ~/.bashrc.d/*.sh', null, false],
    ["source '$HOME/x'", null, false],
    ["source '~/x'", './~/x', false],
  ])('%s', (text, path, conditional) => {
    expect(readPosixShell(text, wanted).sources).toMatchObject([
      { path, conditional, exportsAll: false, syntax: 'same' },
    ]);
  });

  test('say that everything in them is exported', () => {
    expect(readPosixShell('set -a\n. ./.env\nset +a\n. ./other', wanted).sources).toEqual([
      { line: 2, path: './.env', conditional: false, exportsAll: true, syntax: 'same' },
      { line: 4, path: './other', conditional: false, exportsAll: false, syntax: 'same' },
    ]);
  });

  test('in a subshell do not count', () => {
    expect(readPosixShell('( . ~/.env )', wanted).sources).toEqual([]);
  });
});

test('an export of what another file sets is told', () => {
  expect(readPosixShell('. ~/.keys\nexport KEY OTHER', wanted).exports).toEqual([
    { name: 'KEY', line: 2, conditional: false },
  ]);
});
