import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMENT_OUT, LOOK_UP, REMOVE } from '../../../testing/edit-in-words.ts';
import { applySpans, type EditText } from '../text-edit.ts';
import { editDotenv } from './dotenv.ts';
import { editEnvironmentFile } from './environment-file.ts';
import { editEnvrc } from './envrc.ts';
import { editFish } from './fish.ts';
import { editMise } from './mise.ts';
import { editPamEnvironment } from './pam-environment.ts';
import { editPosixShell } from './posix-shell.ts';
import { editPowerShell } from './powershell.ts';

const PLACES: readonly (readonly [string, EditText])[] = [
  ['bash', editPosixShell('bash')],
  ['zsh', editPosixShell('zsh')],
  ['fish', editFish],
  ['PowerShell', editPowerShell],
  ['.envrc', editEnvrc],
  ['mise', editMise],
  ['/etc/environment', editEnvironmentFile('pam')],
  ['environment.d', editEnvironmentFile('systemd')],
  ['pam_env.conf', editPamEnvironment],
  ['.env', editDotenv],
];

/** Lines and pieces of lines that mean something to one of the places. */
const PIECES = [
  ...Array.from('\'"`$\\(){}[]<>;&|#=:@ \t\n\r\n\n\0\xA0\xC3\xFF'),
  ...[
    'KEY=v\n',
    'export KEY=v\n',
    'KEY=v # x\r\n',
    'export KEY\n',
    'KEY="a b"\n',
    'OTHER=$KEY\n',
    'A=1 KEY=v\n',
    'unset KEY\n',
  ],
  ...[
    'set -gx KEY v\n',
    "$env:KEY = 'v'\n",
    '[env]\n',
    'KEY = "v"\n',
    'env.KEY = "v"\n',
    'KEY DEFAULT=v\n',
    'KEY',
    'export ',
  ],
  ...[
    '<<E\n',
    'E\n',
    'if x\n',
    'then\n',
    'fi\n',
    'end\n',
    'f() {\n',
    '}\n',
    '\\\n',
    '\r\n',
    '# ',
    '<#',
    '#>',
    '$(',
    '\xEF\xBB\xBF',
  ],
  ...['return\n', 'echo $?\n', 'readonly KEY\n', 'false\n', '"""', "@'\n", "\n'@"],
];
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));
const anyBytes = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes));
const how = fc.constantFrom(COMMENT_OUT, REMOVE, LOOK_UP);

describe.each(PLACES)('%s', (_, edit) => {
  test('never throws, touches lines of the name alone, and has nothing left to do the second time', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: hostile }, anyBytes), how, (bytes, kind) => {
        const request = { names: ['KEY'], how: kind, marker: '7f3a' };
        const { spans, done, left } = edit(bytes, request);
        let behind = 0;
        for (const { start, end } of spans) {
          expect(start >= behind && end >= start && end <= bytes.length).toBe(true);
          behind = end;
          const from = bytes.lastIndexOf('\n', start - 1) + 1;
          const newline = bytes.indexOf('\n', start);
          const to = newline < 0 ? bytes.length : newline + 1;
          expect(end).toBeLessThanOrEqual(to);
          expect(bytes.slice(from, to)).toContain('KEY');
          const line = bytes.slice(0, from).split('\n').length;
          expect(done.some((place) => place.line === line)).toBe(true);
        }
        expect(done.length > 0).toBe(spans.length > 0);
        const lines = bytes.split('\n').length;
        for (const { name, line } of [...done, ...left]) {
          expect(name).toBe('KEY');
          expect(line >= 1 && line <= lines).toBe(true);
        }
        const places = new Set(done.map(({ line }) => line));
        if (kind.kind !== 'look-up') expect(left.filter(({ line }) => places.has(line))).toEqual([]);
        const edited = applySpans(bytes, spans);
        if (kind.kind === 'comment-out') {
          expect(edited.replaceAll(/(?:: )?# credence 7f3a: /g, '')).toBe(
            bytes.replaceAll(/(?:: )?# credence 7f3a: /g, ''),
          );
        }
        if (kind.kind !== 'look-up') {
          const again = edit(edited, request);
          expect(again.spans).toEqual([]);
          expect(again.left.map(({ why }) => why)).toEqual(left.map(({ why }) => why));
        }
      }),
    );
  });

  test('has nothing to do for names that nobody asked for', () => {
    fc.assert(
      fc.property(hostile, (bytes) => {
        expect(edit(bytes, { names: [], how: COMMENT_OUT, marker: '7f3a' })).toEqual({
          spans: [],
          done: [],
          left: [],
        });
      }),
    );
  });

  test('takes a time that grows with the text and no faster', { timeout: 300_000 }, () => {
    const request = { names: ['KEY', 'OTHER'], how: COMMENT_OUT, marker: '7f3a' };
    const timed = (piece: string, size: number): number => {
      const bytes = piece.repeat(Math.ceil(size / piece.length));
      const start = performance.now();
      edit(bytes, request);
      return performance.now() - start;
    };
    const lines = [
      'export KEY=v\n',
      'A=1\n',
      'echo $KEY\n',
      'set -gx KEY v\n',
      "$env:KEY = 'v'\n",
      'KEY DEFAULT=v\n',
      'KEY ',
      'alias ',
      'env ',
      '# KEY\n',
    ];
    for (const piece of [...lines, ...Array.from('\'"`$(#{\\\n'), 'OTHER=$KEY\n', '<<E\n', 'f() {\n', '$(']) {
      const small = Math.max(timed(piece, SMALL), 4);
      let large = timed(piece, TIMES * SMALL);
      // A machine with other work may be slow once, and not each time.
      for (let again = 0; again < 5 && large > LIMIT * small; again++) {
        large = Math.min(large, timed(piece, TIMES * SMALL));
      }
      expect(large, JSON.stringify(piece)).toBeLessThan(LIMIT * small);
    }
  });
});

const SMALL = 25_000;
const TIMES = 16;
/** Anything quadratic takes 256 times as long. */
const LIMIT = 100;
