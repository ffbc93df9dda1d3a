import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StartupText, WantedNames } from './assignment.ts';
import { readEnvironmentFile } from './environment-file.ts';
import { readEnvrc } from './envrc.ts';
import { readFishUniversalVariables } from './fish-variables.ts';
import { readFish } from './fish.ts';
import { lastEffective } from './last-effective.ts';
import { readMiseEnv } from './mise.ts';
import { readPosixShell } from './posix-shell.ts';
import { readPowerShell } from './powershell.ts';

type Reader = (text: string, wanted: WantedNames) => StartupText;

const READERS: readonly (readonly [string, Reader])[] = [
  ['bash', (text, wanted) => readPosixShell(text, wanted)],
  ['zsh', (text, wanted) => readPosixShell(text, wanted, 'zsh')],
  ['fish', readFish],
  ['fish variables', readFishUniversalVariables],
  ['PowerShell', readPowerShell],
  ['.envrc', readEnvrc],
  ['mise', readMiseEnv],
  ['/etc/environment', (text, wanted) => readEnvironmentFile(text, wanted, 'pam')],
  ['pam_env.conf', (text, wanted) => readEnvironmentFile(text, wanted, 'pam-env-conf')],
  ['environment.d', (text, wanted) => readEnvironmentFile(text, wanted, 'systemd')],
  ['.env', (text, wanted) => readEnvironmentFile(text, wanted, 'dotenv')],
];

/** Pieces that mean something to one of the readers. */
const PIECES = [
  ...Array.from('\'"`$\\(){}[]<>;&|#=~:!@%*?, \t\n\r\0é\uFEFF\uD800'),
  ...[
    'A',
    'A=',
    'A=1',
    'export ',
    'export A=1\n',
    'unset A',
    'set -a',
    'declare -x ',
    '$(',
    '${',
    '${A:=',
    '$((',
    "$'",
    '<<E\n',
  ],
  ...[
    '<<-E',
    'E\n',
    'if ',
    'then ',
    'else ',
    'elif ',
    'fi\n',
    'case a in ',
    'esac',
    ';;',
    'for A in ',
    'do ',
    'done\n',
    'f() ',
  ],
  ...[
    'function f ',
    '[[ ',
    ' ]]',
    '((',
    '))',
    '{ ',
    '}',
    '\\\n',
    '\r\n',
    'return\n',
    'source ',
    '. ',
    'local A',
    'repeat 2 ',
  ],
  ...[
    'set -gx A ',
    'set -e A\n',
    'begin\n',
    'end\n',
    'and ',
    'switch ',
    '$env:A = ',
    "@'\n",
    "\n'@",
    '<#',
    '#>',
    'Set-Item env:A ',
  ],
  ...[
    '[Environment]::SetEnvironmentVariable("A","x")',
    'SETUVAR --export A:',
    '\\x41',
    'A DEFAULT=',
    '[env]\n',
    '"""',
    '_.file = ',
  ],
];
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));

describe.each(READERS)('the reader of %s', (_, read) => {
  test('never throws, and gives every assignment a place and a consistent certainty', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        const lines = text.split('\n').length;
        const { assignments, sources } = read(text, () => true);
        for (const { line, value, certainty, conditional, kind, exported } of assignments) {
          expect(line >= 1 && line <= lines).toBe(true);
          if (kind === 'unset') expect(value).toBeNull();
          else expect(certainty === 'computed').toBe(value === null);
          if (certainty !== 'computed') expect(certainty === 'conditional').toBe(conditional);
          if (kind === 'scoped') expect(exported).toBe(false);
        }
        for (const { line } of sources) expect(line >= 1 && line <= lines).toBe(true);
        lastEffective(assignments);
      }),
    );
  });

  test('reports nothing that is not wanted', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(read(text, () => false)).toMatchObject({ assignments: [], exports: [] });
      }),
    );
  });

  test('takes a time that grows with the text and no faster', () => {
    const size = 200_000;
    for (const piece of [
      ...PIECES,
      'x',
      'A=$(B=1);',
      '{ A=1; } | cat\n',
      'a(',
      '"$(',
      'x && return;',
      '${env:',
      'A="1\n',
    ]) {
      const text = piece.repeat(Math.ceil(size / piece.length));
      const start = performance.now();
      read(text, (name) => name === 'A');
      // Some twenty times what it takes, and far below what anything quadratic would.
      expect(performance.now() - start, JSON.stringify(piece)).toBeLessThan(2000);
    }
  });
});
