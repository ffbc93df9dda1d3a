import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StartupText } from '../../core/startup/assignment.ts';
import { readFish } from '../../core/startup/fish.ts';
import { readPosixShell } from '../../core/startup/posix-shell.ts';
import { readPowerShell } from '../../core/startup/powershell.ts';
import { isWorthParsing, ZDOTDIR } from './worth-parsing.ts';

describe('A start-up file is worth parsing when it', () => {
  test.each([
    ['names a credential', 'export ANTHROPIC_API_KEY=made-up'],
    ['sets ZDOTDIR', 'ZDOTDIR=~/.config/zsh'],
    ['exports ZDOTDIR', 'export ZDOTDIR'],
    ['gives ZDOTDIR a default', ': ${ZDOTDIR:=~/.config/zsh}'],
    ['sources a file', 'if true; then . /etc/more; fi'],
    ['sources a file behind a string of two lines', "echo 'one\n# two'; . /etc/more"],
    ['sources a file behind a comment over several lines', '<#\n one\n#> . ./more.ps1'],
    ['sources a file behind a line that goes on', 'A=1\\\n# . /etc/more'],
  ])('%s', (_, text) => {
    expect(isWorthParsing(text)).toBe(true);
  });
});

describe('A start-up file is not worth parsing when it', () => {
  test.each([
    ['only sets other things', 'alias ll="ls -l"'],
    ['only uses ZDOTDIR', 'cd "${ZDOTDIR:-$HOME}" || cd $ZDOTDIR'],
    ['only tells about sourcing', '# To source it, write\n\t#  . ~/.bashrc\n'],
    ['is too long to be a work of a person', `. /etc/more\n${'#'.repeat(1024 * 1024)}`],
  ])('%s', (_, text) => {
    expect(isWorthParsing(text)).toBe(false);
  });
});

const wanted = (name: string): boolean => name === ZDOTDIR;
const READERS: Readonly<Record<string, (text: string) => StartupText>> = {
  bash: (text) => readPosixShell(text, wanted, 'bash'),
  zsh: (text) => readPosixShell(text, wanted, 'zsh'),
  fish: (text) => readFish(text, wanted),
  PowerShell: (text) => readPowerShell(text, wanted),
};

/** What may hide a comment, end one, or be taken for one. */
const PIECES = [
  ...[
    '\n# . f\n',
    '\n\t#source f',
    '\n# ',
    '#',
    ' . f',
    '\n. f',
    ' source f\n',
    '$ZDOTDIR',
    '${ZDOTDIR',
    '}',
    ':-',
  ],
  ...[
    '\n',
    '\\\n',
    '\\\r\n',
    '\r\n',
    '\\',
    ' ',
    ';',
    '&',
    '|',
    '(',
    ')',
    '$(',
    '{',
    '[',
    ']',
    'a',
    '=',
    '`',
    '`\n',
    '"',
    "'",
  ],
  ...[
    '<<E\n',
    '\nE\n',
    "@'\n",
    "\n'@\n",
    '<#',
    '#>',
    '((',
    '))',
    'if ',
    'then ',
    'fi',
    'begin;',
    'end;',
    '\ufeff',
    '\u2028',
  ],
];

test.each(Object.entries(READERS))('%s reads nothing in what is not worth parsing', (_, read) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      if (isWorthParsing(text) || !hasPlainSigns(text)) return;
      expect(read(text)).toEqual({ assignments: [], sources: [], exports: [] });
    }),
  );
});

/** Whether it takes a closer look: that a command is hidden by quotes or brackets around its very name is put up with. */
function hasPlainSigns(text: string): boolean {
  return text.includes(ZDOTDIR) || /(?:^|[\s;&(])(?:source|\.)\s/m.test(text);
}
