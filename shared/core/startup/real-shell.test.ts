import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assignment, StartupText } from './assignment.ts';
import { readFish } from './fish.ts';
import { lastEffective } from './last-effective.ts';
import { readPosixShell } from './posix-shell.ts';

// Generated start-up files are read here and run by the real shells; both must agree about what programs get.

const NAMES = ['VAR_A', 'VAR_B', 'VAR_C'];
const SHELLS = {
  bash: ['--noprofile', '--norc'],
  dash: [],
  zsh: ['-f'],
  fish: ['--no-config'],
} as const;
type Shell = keyof typeof SHELLS;

let home = '';
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'credence-shells-'));
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

/** What programs get after the shell has read the file. */
function environmentAfter(shell: Shell, text: string): Map<string, string> {
  const file = path.join(home, `profile.${shell}`);
  writeFileSync(file, text);
  const command = `. ${file}; /usr/bin/env -0`;
  const run = spawnSync(shell, [...SHELLS[shell], '-c', command], {
    env: { HOME: home, PATH: '/usr/bin:/bin' },
    cwd: home,
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (run.error !== undefined) {
    throw new Error(
      `${shell} cannot be started, but this test needs it: install ${shell} (${run.error.message})`,
    );
  }
  const variables = new Map<string, string>();
  for (const entry of run.stdout.split('\0')) {
    const equals = entry.indexOf('=');
    const name = /\w+$/.exec(entry.slice(0, equals))?.[0] ?? '';
    variables.set(name, entry.slice(equals + 1));
  }
  if (!variables.has('PATH')) throw new Error(`${shell} did not get to the end of its file: ${run.stderr}`);
  return variables;
}

function candidatesFor(name: string, startup: StartupText): readonly Assignment[] {
  return lastEffective(startup.assignments.filter((assignment) => assignment.name === name));
}

function expectAgreement(shell: Shell, text: string, startup: StartupText): void {
  const real = environmentAfter(shell, text);
  for (const name of NAMES) {
    const value = real.get(name);
    const candidates = candidatesFor(name, startup);
    const exported = candidates.filter(({ kind, exported }) => kind === 'set' && exported);
    const [only] = candidates;
    const what = `${name} is ${JSON.stringify(value)} in ${shell}, read as ${JSON.stringify(candidates)}`;
    if (candidates.length === 1 && only?.certainty === 'literal' && only.exported) {
      expect(value, what).toBe(only.value);
    }
    // zsh makes an empty variable of the second `export NAME` of one that is not set.
    const emptied = shell === 'zsh' && value === '' && startup.exports.some((bare) => bare.name === name);
    if (value === undefined || emptied) continue;
    expect(
      exported.some((candidate) => candidate.value === null || candidate.value === value),
      what,
    ).toBe(true);
  }
}

const HERE_DOCUMENTS = [
  'cat <<EOF >/dev/null\nexport VAR_A=here\nEOF',
  "cat <<'EOF' >/dev/null\nit's $(true \"\n\\\nEOF",
  'cat <<-EOF >/dev/null\n\texport VAR_A=here "\n\tEOF',
  'cat <<"E O" >/dev/null\n" EOF `\nE O',
  "cat <<EOF <<'B' >/dev/null\nit's\nEOF\n$(\nB",
  "cat <<EOF >/dev/null; export VAR_B=behind\nit's\nEOF",
  'cat <<EOF | cat >/dev/null\nnot yet\\\nEOF\nexport VAR_A=here\nEOF',
  'echo "$(cat <<EOF\nexport VAR_A=here )\nEOF\n)" >/dev/null',
];

const name = fc.constantFrom(...NAMES);
const plain = fc.stringMatching(/^[A-Za-z0-9_./,@%+-]{1,6}$/);
const printable = fc.string({
  unit: fc.constantFrom(...Array.from('abZ09 \t#;&|<>(){}[]*?!~=:^,.é')),
  maxLength: 6,
});

/** The source text of a value, and whether a shell without `$'…'` understands it. */
function posixValue(shell: Shell): fc.Arbitrary<string> {
  const parts: fc.Arbitrary<string>[] = [
    plain,
    plain,
    printable.map((text) => `'${text}'`),
    printable.map((text) => `"${text}"`),
    fc.constantFrom('\\ ', '\\$', '\\"', "\\'", '\\\\', '\\;', '\\#', '\\\n', '\\~', '\\a', '\\`'),
    fc.constantFrom(
      '"\\$x"',
      '"\\\\"',
      '"\\""',
      '"a\\\nb"',
      '"\\q"',
      '"\\`"',
      "'\n'",
      '"\n"',
      '"$"',
      "'$HOME'",
      "'`x`'",
    ),
    fc.constantFrom(
      '$HOME/',
      '"$HOME"',
      '${NOT_SET:-x}',
      '$(echo x)',
      '`echo y`',
      '"$(echo "a)b")"',
      '$((1+2))',
    ),
    fc.constantFrom('~/', '=', ':', 'a=b', ':~/', '{a,b}', '[x]', '*', '!', '^', '$.', '{', '?', '#'),
    fc.constantFrom(
      '"${NOT_SET:-"a}"}"',
      "${NOT_SET:-'}'}",
      '"${NOT_SET#\'}\'}"',
      '$(case x in x) echo y;; esac)',
    ),
  ];
  if (shell === 'bash') parts.push(fc.constant('"${NOT_SET:-\'}\'}"'));
  if (shell === 'zsh') parts.push(fc.constant('"${NOT_SET:-it\'s}"'));
  if (shell !== 'dash') {
    parts.push(
      fc.constantFrom(
        "$'a\\'b'",
        "$'\\x41\\102\\u0043'",
        "$'a\\tb\\n'",
        "$'\\\\\\\"'",
        "$'\\q'",
        "$'\\e[1m'",
      ),
    );
  }
  const value = fc.array(fc.oneof(...parts), { maxLength: 4 }).map((all) => all.join(''));
  if (shell !== 'zsh') return value;
  // `=name` is the path of a command; zsh gives up on the file when there is none.
  return fc.oneof(
    { weight: 9, arbitrary: value.filter((text) => !/(?:^|:)(?:["']|\\\n)*=/.test(text)) },
    fc.constant('=ls'),
  );
}

function posixStatement(shell: Shell): fc.Arbitrary<string> {
  const value = posixValue(shell);
  const assignment = fc.tuple(name, value).map(([left, right]) => `${left}=${right}`);
  const simple: fc.Arbitrary<string>[] = [
    assignment,
    assignment.map((text) => `export ${text}`),
    assignment.map((text) => `export ${text}`),
    fc.tuple(assignment, assignment).map(([one, two]) => `export ${one} \\\n  ${two} # 'not a quote`),
    fc.tuple(name, plain).map(([left, right]) => `export "${left}"=${right}`),
    name.map((text) => `export ${text}`),
    name.map((text) => `unset ${text}`),
    assignment.map((text) => `${text} true`),
    fc.tuple(assignment, assignment).map(([one, two]) => `${one} ${two}`),
    assignment.map((text) => `${text} export VAR_C`),
    assignment.map((text) => `${text} >/dev/null`),
    assignment.map((text) => `export ${text} 2>/dev/null`),
    assignment.map((text) => `command export ${text}`),
    assignment.map((text) => `! export ${text}`),
    fc.tuple(name, plain).map(([left, right]) => `: \${${left}:=${right}}`),
    fc.tuple(name, plain).map(([left, right]) => `: "\${${left}=${right}}"`),
    fc.constantFrom(
      'set -a',
      'set +a',
      'set -o allexport',
      ':',
      'alias ll="export VAR_A=alias"',
      'echo export VAR_A=x >/dev/null',
    ),
    assignment.map((text) => `echo "$(export ${text})" >/dev/null`),
    name.map((text) => `read ${text} </dev/null`),
    assignment.map((text) => `env ${text} true`),
  ];
  // zsh expands globs in the arguments of `builtin`, and gives up on the file when nothing matches.
  // There `typeset +x` makes a variable, too, and exports it under `set -a`.
  if (shell === 'bash') simple.push(name.map((text) => `typeset +x ${text}`));
  if (shell === 'bash') simple.push(assignment.map((text) => `builtin export ${text}`));
  if (shell !== 'dash') {
    simple.push(
      // In dash the failing redirection of a special builtin ends the shell.
      assignment.map((text) => `export ${text} >/not/there/x`),
      assignment.map((text) => `declare -x ${text}`),
      assignment.map((text) => `typeset -x ${text}`),
      assignment.map((text) => `declare ${text}`),
      fc.tuple(name, plain).map(([left, right]) => `${left}+=${right}`),
      name.map((text) => `${shell === 'zsh' ? 'list' : text}=(a 'b c' # export ${text}=comment\n d)`),
      name.map((text) => `unset ${text}; typeset -i ${text}=1+1; export ${text}; typeset +i ${text}`),
      fc.tuple(name, plain).map(([left, right]) => `printf -v ${left} %s ${right}`),
    );
  }
  const { statement } = fc.letrec<{ statement: string; block: string }>((tie) => {
    const block = fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map((all) => all.join('\n'));
    const compound: fc.Arbitrary<string>[] = [
      fc
        .tuple(fc.constantFrom('true', 'false', '[ -n "$HOME" ]'), block, block)
        .map(([test, yes, no]) => `if ${test}; then\n${yes}\nelse\n${no}\nfi`),
      fc
        .tuple(fc.constantFrom('a', 'b'), block, block)
        .map(([word, one, two]) => `case ${word} in\n  (a|"c)") ${one}\n  ;;\n  b) ${two}\n;;\nesac`),
      block.map((text) => `for i in 1 2; do ${text}\ndone`),
      block.map((text) => `while false; do\n${text}\ndone`),
      block.map((text) => `until true\ndo ${text}\ndone`),
      block.map((text) => `{ ${text}\n}`),
      block.map((text) => `( ${text}\n)`),
      block.map((text) => `( ${text}\n)`),
      block.map((text) => `not_called() {\n${text}\n}`),
      block.map((text) => `called() { ${text}\n}\ncalled`),
      block.map((text) => `{ ${text}\n} | cat >/dev/null`),
      block.map((text) => `true | { ${text}\n}`),
      block.map((text) => `{ ${text}\n} &\nwait`),
      fc
        .tuple(fc.constantFrom('true', 'false'), fc.constantFrom('&&', '||'), block)
        .map(([test, and, text]) => `${test} ${and}\n  { ${text}\n}`),
      fc.constantFrom(...HERE_DOCUMENTS),
    ];
    if (shell !== 'dash') {
      compound.push(
        block.map((text) => `function not_called2 {\n${text}\n}`),
        block.map((text) => `if [[ -n $HOME && ( a < b || $HOME =~ ^(x|y)$ ) ]]; then ${text}\nfi`),
        block.map((text) => `if (( 1 > 2 )); then ${text}\nfi`),
        fc
          .tuple(name, block)
          .map(([local, text]) => `with_local() {\n local ${local}=local\n${text}\n}\nwith_local`),
        block.map((text) => `cat <( ${text}\n) >/dev/null`),
      );
    }
    if (shell === 'zsh') {
      compound.push(
        block.map((text) => `if [[ -z $HOME ]] {\n${text}\n} else { ${text}\n}`),
        block.map((text) => `() { ${text}\n} argument`),
        block.map((text) => `for i (1 2) { ${text}\n}`),
        block.map((text) => `repeat 2 { ${text} }`),
        block.map((text) => `{ ${text}\n} always { : }`),
      );
    }
    const comment = fc.constantFrom('# export VAR_A=comment', "# it's", '', '  # "');
    return {
      block,
      statement: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        { weight: 5, arbitrary: fc.oneof(...simple) },
        { weight: 1, arbitrary: fc.tuple(comment, fc.oneof(...simple)).map((lines) => lines.join('\n')) },
        { weight: 3, arbitrary: fc.oneof(...compound) },
      ),
    };
  });
  return statement;
}

const posixProfile = (shell: Shell): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(posixStatement(shell), fc.constantFrom('\n', '\n', '\n\n', '\n  ')), {
      minLength: 1,
      maxLength: 8,
    })
    .map((statements) => statements.flat().join(''));

const wanted = (asked: string): boolean => NAMES.includes(asked);

describe('what is read agrees with what the shell does', () => {
  test.each(['bash', 'dash', 'zsh'] as const)('for generated files of %s', (shell) => {
    const dialect = shell === 'zsh' ? 'zsh' : 'bash';
    fc.assert(
      fc.property(posixProfile(shell), (text) => {
        expectAgreement(shell, text, readPosixShell(text, wanted, dialect));
      }),
    );
  });

  test('for generated files of fish', () => {
    fc.assert(
      fc.property(fishProfile(), (text) => {
        expectAgreement('fish', text, readFish(text, wanted));
      }),
    );
  });
});

function fishValue(): fc.Arbitrary<string> {
  return fc
    .array(
      fc.oneof(
        plain,
        plain,
        fc
          .string({ unit: fc.constantFrom(...Array.from('abZ09 \t#;&|<>(){}[]*?!~=:^,.é"')), maxLength: 6 })
          .map((text) => `'${text}'`),
        fc
          .string({ unit: fc.constantFrom(...Array.from("abZ09 \t#;&|<>(){}[]*?!~=:^,.é'")), maxLength: 6 })
          .map((text) => `"${text}"`),
        fc.constantFrom(
          '\\ ',
          '\\$',
          '\\"',
          "\\'",
          '\\\\',
          '\\;',
          '\\#',
          '\\\n',
          '\\~',
          '\\n',
          '\\x41',
          '\\u0042',
          '\\103',
          '\\q',
          '\\{',
        ),
        fc.constantFrom(
          "'it\\'s'",
          "'a\\\\b'",
          "'\\n'",
          '"\\$x"',
          '"\\""',
          '"a\\\nb"',
          '"\\q"',
          "'\n'",
          '"(x)"',
        ),
        fc.constantFrom(
          '$HOME',
          '"$HOME"',
          '(echo x)',
          '"$(echo "a)b")"',
          "(echo ')' # )\n)",
          '{a,b}',
          '$NOT_SET',
        ),
        fc.constantFrom('~', '=', ':', 'a=b', '!', '@', '%', '-', '+', 'x#', '%self', 'a#b', 'end'),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) => all.join(''));
}

function fishProfile(): fc.Arbitrary<string> {
  const value = fishValue();
  const flags = fc.constantFrom(
    '-gx',
    '-x',
    '-xg',
    '--export --global',
    '-gx --',
    '-g',
    '',
    '-l',
    '-lx',
    '-gu',
  );
  const simple = fc.oneof(
    fc.tuple(flags, name, value).map(([flag, left, right]) => `set ${flag} ${left} ${right}`),
    fc.tuple(name, value).map(([left, right]) => `set -gx ${left} ${right}`),
    fc.tuple(name, value, value).map(([left, one, two]) => `set -gx ${left} ${one} ${two} # it's`),
    name.map((text) => `set -gx ${text}`),
    name.map((text) => `set -e ${text}`),
    name.map((text) => `set -eg ${text}`),
    fc.tuple(name, plain).map(([left, right]) => `export ${left}=${right}`),
    fc.tuple(name, plain).map(([left, right]) => `set -a ${left} ${right}`),
    fc.tuple(name, value).map(([left, right]) => `${left}=${right} true`),
    fc.tuple(name, plain).map(([left, right]) => `set -q ${left}; or set -gx ${left} ${right}`),
    fc.tuple(name, value).map(([left, right]) => `set -gx ${left} ${right} >/dev/null`),
    fc.tuple(name, value).map(([left, right]) => `set -gx ${left} ${right} | cat`),
    fc
      .tuple(
        fc.constantFrom('true', 'false'),
        fc.constantFrom('&&', '||', '; and', '; or', '\nand'),
        name,
        plain,
      )
      .map(([test, and, left, right]) => `${test} ${and} set -gx ${left} ${right}`),
    fc.constantFrom(
      'echo set -gx VAR_A x >/dev/null',
      '# set -gx VAR_A comment',
      "# it's",
      'echo "a#b" >/dev/null #"',
      'alias ll "set -gx VAR_A alias"',
    ),
  );
  const { statement } = fc.letrec<{ statement: string; block: string }>((tie) => {
    const block = fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map((all) => all.join('\n'));
    return {
      block,
      statement: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        { weight: 5, arbitrary: simple },
        {
          weight: 2,
          arbitrary: fc.oneof(
            fc
              .tuple(fc.constantFrom('true', 'false', 'not true'), block, block)
              .map(([test, yes, no]) => `if ${test}\n${yes}\nelse if true\n${no}\nelse\n${yes}\nend`),
            block.map((text) => `begin; ${text}\nend`),
            block.map((text) => `for i in 1 2\n${text}\nend`),
            block.map((text) => `while false\n${text}\nend`),
            fc.tuple(block, block).map(([one, two]) => `switch a\ncase a\n${one}\ncase '*'\n${two}\nend`),
            block.map((text) => `function not_called\n${text}\nend`),
            block.map((text) => `function called\n${text}\nend\ncalled`),
          ),
        },
      ),
    };
  });
  return fc.array(statement, { minLength: 1, maxLength: 8 }).map((all) => `${all.join('\n')}\n`);
}
