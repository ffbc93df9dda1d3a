import fc from 'fast-check';

// Start-up files of real shells as people, installers and other programs leave them: what is to be edited, what must be
// left, and what must not be mistaken for either.

export type RealShell = 'bash' | 'zsh' | 'dash' | 'fish';

/** The variable that is to go. */
export const TARGET = 'VAR_A';

const other = fc.constantFrom('VAR_B', 'VAR_C', 'VAR_AB', 'MY_VAR_A', 'var_a');
const plain = fc.stringMatching(/^[A-Za-z0-9_./,@%+-]{1,8}$/);
const quotable = fc.string({
  unit: fc.constantFrom(...Array.from('abZ09 \t#;&|<>(){}[]*?~=:^,.é')),
  maxLength: 8,
});
const indent = fc.constantFrom('', '', '', '  ', '\t');
const comment = fc.constantFrom(
  '',
  '',
  '',
  ' ',
  ' # mine',
  " # it's",
  ' # "',
  ' # `',
  ' # $(',
  ' # \\',
  '\t#',
);

function posixValue(shell: RealShell): fc.Arbitrary<string> {
  const parts = [
    plain,
    plain,
    quotable.map((text) => `'${text}'`),
    quotable.map((text) => `"${text}"`),
    fc.constantFrom(
      '\\ ',
      '\\$',
      '\\"',
      "\\'",
      '\\\\',
      '\\;',
      '\\#',
      '"\\$x"',
      '"\\""',
      "'$HOME'",
      "'`x`'",
      "'\"'",
      '"\'"',
    ),
    fc.constantFrom('é', 'a=b', ':', '[x]', '*', '?', '^', 'a#b', '!'),
  ];
  if (shell !== 'dash') parts.push(fc.constantFrom("$'a\\'b'", "$'\\x41\\tb'", "$'\\q'"));
  return fc
    .array(fc.oneof(...parts), { maxLength: 3 })
    .map((all) => all.join(''))
    .filter((text) => !/^#/.test(text) && (shell !== 'zsh' || !/(?:^|:)(?:["']*)=/.test(text)));
}

/** Lines that set the target, alone. */
function posixSet(shell: RealShell, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const forms = [
    'export VAR_A=%',
    'export VAR_A=%',
    'export VAR_A=%',
    'VAR_A=%',
    'VAR_A=%; export VAR_A',
    'VAR_A=%\nexport VAR_A',
    'export VAR_A; VAR_A=%',
    'export VAR_A=%;',
    'readonly VAR_A=%',
    'export "VAR_A"=%',
  ];
  if (shell !== 'dash')
    forms.push('declare -x VAR_A=%', 'typeset -gx VAR_A=%', 'export -- VAR_A=%', 'declare -rx VAR_A=%');
  return fc
    .tuple(fc.constantFrom(...forms), value, indent, comment)
    .map(([form, text, before, behind]) => before + form.replace('%', () => text) + behind);
}

/** Statements about the target that must be left, or that keep others from being edited. */
function posixTangle(shell: RealShell, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const forms = [
    'export VAR_B=1 VAR_A=%',
    'export VAR_A=% VAR_B=2',
    'export VAR_A=% && export VAR_B=3',
    'VAR_A=%; export VAR_A VAR_B',
    'export VAR_B=4; export VAR_A=%',
    'export VAR_A=% \\\n  VAR_B=5',
    'export VAR_A=\\\n%',
    'VAR_A=% true',
    'VAR_A=% export VAR_B',
    'VAR_A=% VAR_B=6',
    ': ${VAR_A:=x}',
    'export VAR_A="$VAR_B"',
    'export VAR_A=$(echo %)',
    'export VAR_A=% >/dev/null',
    'export VAR_A=% 2>/not/there/x',
    'true || export VAR_A=%',
    'export VAR_A=% | cat',
    '( export VAR_A=%\nexport VAR_B=7 )',
    '{ export VAR_A=%\n}',
    '{ export VAR_A=%; }',
    'if true; then\n  export VAR_A=%\nfi',
    'if false; then\n  export VAR_A=%\nelse\n  export VAR_B=8\nfi',
    'for i in 1 2; do export VAR_A=%; done',
    'case x in\n x) export VAR_A=% ;;\nesac',
    'set_it() {\n  export VAR_A=%\n}\nset_it',
    'set_it() { VAR_B=$VAR_A; }\nset_it',
    'export VAR_B=$VAR_A',
    'export VAR_C="${VAR_A:-none}"',
    'export VAR_C=${VAR_A+set}',
    '[ -n "$VAR_A" ] && export VAR_C=9',
    'export VAR_C=$(printenv VAR_A)',
    'cat <<EOF >/dev/null\n${VAR_B:=from$VAR_A}\nEOF',
    'unset VAR_A',
    'export VAR_A',
    'eval "export VAR_C=\\$VAR_A"',
    'read VAR_A </dev/null',
    'for VAR_A in %; do :; done',
    'export VAR_C=$((VAR_A + 1))',
    'set -a\nVAR_A=%\nset +a',
    'set -a\n. /dev/null\nVAR_A=%\nVAR_B=10\nset +a',
    'export VAR_A=%\nexport VAR_C=$_',
  ];
  if (shell !== 'dash') {
    forms.push(
      'if [[ -v VAR_A ]]; then export VAR_C=11; fi',
      'VAR_A+=%',
      'export VAR_C=${#VAR_A}',
      'declare -x VAR_B=12 VAR_A=%',
      'if [[ -z $HOME ]]; then\n  :\nelif [[ -n $HOME ]]; then export VAR_A=%\nfi',
      'command export VAR_A=%',
      'cat <(export VAR_A=%; echo) >/dev/null',
    );
  }
  if (shell === 'bash') {
    forms.push(
      'export VAR_A=%{a,b}',
      'name=VAR_A; export VAR_C=${!name}; # VAR_A',
      'declare -n ref=VAR_A; export VAR_C=$ref',
    );
    forms.push('VAR_A=(% b)', 'printf -v VAR_A %%s %', 'declare -u VAR_A; VAR_A=%');
  }
  if (shell === 'zsh') {
    forms.push(
      'if [[ -n $HOME ]] { export VAR_A=% }',
      'repeat 2 { export VAR_A=% }',
      '() { export VAR_A=% } x',
    );
    forms.push('export VAR_C=${(P)${:-VAR_A}}', '(( $+VAR_A )) && export VAR_C=13', 'export VAR_A==ls');
  }
  return fc.tuple(fc.constantFrom(...forms), value).map(([form, text]) => form.replace('%', () => text));
}

/** Statements that have nothing to do with the target. */
function posixNoise(shell: RealShell, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const fixed = [
    '# export VAR_A=comment',
    "# VAR_A: don't",
    '# $VAR_A \\',
    '',
    '  # "',
    'echo "to stderr" >&2',
    'cat <<EOF >/dev/null\nexport VAR_A=here\nVAR_A=here\nEOF',
    "cat <<'EOF' >/dev/null\nit's $(true \"\nexport VAR_A=here\n\\\nEOF",
    'cat <<-EOF >/dev/null\n\texport VAR_A=here "\n\tEOF',
    'echo "\nexport VAR_A=string\n" >/dev/null',
    "echo '\nVAR_A=string\n' >/dev/null",
    "alias ll='ls -l'",
    "alias clean='VAR_A= claude'",
    'not_called() {\n  echo "$1"\n  unset VAR_A\n}',
    'called() { export VAR_B=by_function; }\ncalled',
    'if [ -f /not/there ]; then\n  . /not/there\nfi',
    '[ -f /not/there ] && . /not/there',
    'case $- in *i*) export VAR_C=interactive ;; esac',
    'true',
    'false',
    'export VAR_C=$?',
    'if [ $? -eq 0 ]; then export VAR_B=succeeded; else export VAR_B=failed; fi',
    'false || export VAR_B=or',
    'export PATH="$HOME/bin:$PATH"',
    'eval "$(echo export VAR_B=evaluated)"',
    'VAR_B=1; export VAR_B',
    'unset VAR_B',
    'set -a\nVAR_C=all\nset +a',
    'export VAR_B=a \\\n  VAR_C=b',
    '[ -n "$NOT_SET" ] && return',
    'umask 022',
    ': "${VAR_C:=default}"',
    'env -u VAR_A true',
  ];
  if (shell !== 'dash')
    fixed.push('[[ -n $HOME ]] && export VAR_B=14', 'export VAR_B=${HOME#/}', 'list=(a # VAR_A=x\n b)');
  if (shell === 'zsh')
    fixed.push('setopt interactivecomments', 'unsetopt interactivecomments', 'path=(~/bin $path)');
  if (shell === 'bash') fixed.push('shopt -u interactive_comments', 'shopt -s histappend');
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...fixed) },
    { weight: 2, arbitrary: fc.tuple(other, value).map(([name, text]) => `export ${name}=${text}`) },
    { weight: 1, arbitrary: fc.tuple(other, value).map(([name, text]) => `${name}=${text} # VAR_A`) },
  );
}

const FISH_SETS = [
  'set -gx VAR_A %',
  'set -gx VAR_A %',
  'set -x VAR_A %',
  'set VAR_A %',
  'set --export --global VAR_A %',
  'set -gx VAR_A % b',
  'set -gx VAR_A',
  'set -gx -- VAR_A %',
  'set -gx VAR_A %;',
  'set -g VAR_A %; set -gx VAR_A b',
  'export VAR_A=%',
];

const FISH_TANGLES = [
  'set -gx VAR_B 1; set -gx VAR_A %',
  'export VAR_B=2 VAR_A=%',
  'set -gx VAR_B $VAR_A',
  'set -gx VAR_C "<$VAR_A>"',
  'set -gx VAR_C (count $VAR_A)',
  'set -q VAR_A; and set -gx VAR_C 3',
  'set -q VAR_A; or set -gx VAR_A %',
  'if set -q VAR_A\n  set -gx VAR_C 4\nend',
  'if true\n  set -gx VAR_A %\nend',
  'begin\n  set -gx VAR_A %\nend',
  'begin; set -gx VAR_A %; end',
  'function set_it\n  set -gx VAR_A %\nend\nset_it',
  'function use_it\n  set -gx VAR_C $VAR_A\nend\nuse_it',
  'function on_it --on-variable VAR_A\n  set -gx VAR_C 5\nend',
  'set -a VAR_A %',
  'set -l VAR_A %',
  'set -e VAR_A',
  'set -gx VAR_A (echo %)',
  'set -gx VAR_A \\\n  %',
  'VAR_A=% true',
  'true; and set -gx VAR_A %',
  'false\nor set -gx VAR_A %',
  'set -gx VAR_A % >/dev/null',
  'set -gx VAR_A % | cat',
  'for VAR_A in %\nend',
  'export VAR_A',
  'eval "set -gx VAR_C \\$VAR_A"',
];

const FISH_NOISE = [
  '# set -gx VAR_A comment',
  "# it's VAR_A \\",
  '',
  'echo to stderr >&2',
  "echo '\nset -gx VAR_A string\n' >/dev/null",
  'echo "\nset -gx VAR_A string\n" >/dev/null',
  "alias ll 'ls -l'",
  'function not_called\n  echo $argv\n  set -e VAR_A\nend',
  'function called\n  set -gx VAR_B by_function\nend\ncalled',
  'if status is-interactive\n  set -gx VAR_C interactive\nend',
  'true',
  'false',
  'set -gx VAR_C $status',
  'and set -gx VAR_B after_and',
  'or set -gx VAR_B after_or',
  'if test $status -eq 0; set -gx VAR_B succeeded; else; set -gx VAR_B failed; end',
  'set -gx PATH $HOME/bin $PATH',
  'set -e VAR_B',
  'switch a\ncase a\n  set -gx VAR_B switched\nend',
  'env -u VAR_A true',
  'end',
];

function fishValue(): fc.Arbitrary<string> {
  const parts = [
    plain,
    plain,
    quotable.map((text) => `'${text}'`),
    quotable.map((text) => `"${text}"`),
    fc.constantFrom(
      '\\ ',
      '\\$',
      '\\"',
      "\\'",
      '\\\\',
      '\\;',
      '\\#',
      '\\n',
      '\\x41',
      "'it\\'s'",
      '"\\$x"',
      '"\\""',
      'é',
      'a=b',
      'a#b',
    ),
  ];
  return fc.array(fc.oneof(...parts), { minLength: 1, maxLength: 3 }).map((all) => all.join(''));
}

/** A script for the shell: often one in which every place can be dealt with, as often one with tangles. */
export function scriptFor(shell: RealShell): fc.Arbitrary<string> {
  const fish = shell === 'fish';
  const value = fish ? fishValue() : posixValue(shell);
  const filled = (forms: readonly string[]): fc.Arbitrary<string> =>
    fc
      .tuple(fc.constantFrom(...forms), value, indent, comment)
      .map(([form, text, before, behind]) => before + form.replace('%', () => text) + behind);
  const set = fish ? filled(FISH_SETS) : posixSet(shell, value);
  const tangle = fish ? filled(FISH_TANGLES).map((text) => text.trimEnd()) : posixTangle(shell, value);
  const noise = fish
    ? fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...FISH_NOISE) },
        { weight: 2, arbitrary: fc.tuple(other, value).map(([name, text]) => `set -gx ${name} ${text}`) },
      )
    : posixNoise(shell, value);
  const simple = fc.oneof({ weight: 2, arbitrary: set }, { weight: 3, arbitrary: noise });
  const tangled = fc.oneof(
    { weight: 3, arbitrary: set },
    { weight: 2, arbitrary: tangle },
    { weight: 3, arbitrary: noise },
  );
  const statements = fc.oneof(
    fc.array(simple, { minLength: 1, maxLength: 8 }),
    fc.array(tangled, { minLength: 1, maxLength: 8 }),
  );
  const ends = fc.constantFrom('\n', '\n', '\n', '\n\n', '');
  const windows = fc.integer({ min: 0, max: 14 }).map((dice) => dice === 0);
  return fc.tuple(statements, ends, windows).map(([all, end, crlf]) => {
    const text = all.join('\n') + end;
    // To a shell on Linux, `>/dev/null` is another file with a carriage return behind it.
    return crlf && !/\/dev\/|>&/.test(text) ? text.replaceAll('\n', '\r\n') : text;
  });
}
