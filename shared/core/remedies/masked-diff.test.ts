import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfText } from './byte-text.ts';
import { maskedDiff, type DiffHunk } from './masked-diff.ts';
import { editSettingsJson } from './places/settings-json.ts';
import { applySpans, type Span } from './text-edit.ts';

const KEY = 'sk-ant-api03-MADE-up-0123456789-abcdefXYZ';
const OWN = ['credence 7f3a: ', 'credence secret ANTHROPIC_API_KEY'];
const SIGNS = { context: ' ', removed: '-', added: '+' } as const;
const textOf = (hunks: readonly DiffHunk[]): string =>
  hunks
    .map(({ lines }) =>
      lines.map(({ kind, number, text }) => `${String(number)}${SIGNS[kind]}${text}`).join('\n'),
    )
    .join('\n~\n');

/** The diff of a change of one line, with lines around it. */
function changed(before: string, after: string): string {
  const [old, now] = [bytesOfText(`# one\n${before}\n`), bytesOfText(`# one\n${after}\n`)];
  return textOf(maskedDiff(old, now, [{ start: 6, end: old.length, text: now.slice(6) }], [], OWN)).replace(
    '1 # one\n',
    '',
  );
}

test.each([
  ['sh', `export ANTHROPIC_API_KEY=${KEY}`, 'export ANTHROPIC_API_KEY=••••••••'],
  [
    'sh, quoted',
    'export  ANTHROPIC_API_KEY="hunter two" # mine',
    'export  ANTHROPIC_API_KEY="••••••••" # mine',
  ],
  ['sh, glued', `ANTHROPIC_API_KEY='a'"b"c`, `ANTHROPIC_API_KEY='••••••••'"••••••••"••••••••`],
  ['sh, several', 'export MY_URL=a FLAG OTHER=b', 'export MY_URL=•••••••• FLAG OTHER=••••••••'],
  ['sh, for one command', 'FOO=hunter run --now it', 'FOO=•••••••• --now ••••••••'],
  [
    'sh, a look-up',
    'export ANTHROPIC_API_KEY="$(credence secret ANTHROPIC_API_KEY)"',
    'export ANTHROPIC_API_KEY="$(credence secret ANTHROPIC_API_KEY)"',
  ],
  ['fish', `set -gx ANTHROPIC_API_KEY ${KEY}`, 'set -gx ANTHROPIC_API_KEY ••••••••'],
  ['fish, another name', 'set -gx my_key hunter', 'set -gx my_key ••••••••'],
  ['PowerShell', `$env:ANTHROPIC_API_KEY = "${KEY}"`, '$env:ANTHROPIC_API_KEY = "••••••••"'],
  ['csh', 'setenv MY_KEY hunter', 'setenv MY_KEY ••••••••'],
  ['TOML', 'ANTHROPIC_API_KEY = "hunter"', 'ANTHROPIC_API_KEY = "••••••••"'],
  [
    'JSON',
    `  "apiKeyHelper": "get ${KEY}", "n": 12, "on": true`,
    '  "apiKeyHelper": "••••••••", "n": ••••••••, "on": true',
  ],
  ['JSON, empty', '\t"ANTHROPIC_API_KEY": ""', '  "ANTHROPIC_API_KEY": ""'],
  [
    'JSON, a list of names',
    '{ "name": "ANTHROPIC_API_KEY", "value": "hunter\\"two" },',
    '{ "name": "ANTHROPIC_API_KEY", "value": "••••••••" },',
  ],
  ['JSON, a token for a name', `{"${KEY}": {"a": "b`, '{"••••••••": {"a": "••••••••'],
  [
    'our own comment',
    `# credence 7f3a: export ANTHROPIC_API_KEY=hunter`,
    '# credence 7f3a: export ANTHROPIC_API_KEY=••••••••',
  ],
  [
    'our own, of fish',
    `# credence 7f3a: set -gx ANTHROPIC_API_KEY hunter`,
    '# credence 7f3a: set -gx ANTHROPIC_API_KEY ••••••••',
  ],
  [
    'our own, of JSON',
    '  // credence 7f3a: "MY_VAR": "hunter",',
    '  // credence 7f3a: "MY_VAR": "••••••••",',
  ],
  ['prose', "# don't touch this, it works (mostly)!", '# •••••••• touch this, it works (mostly)!'],
  ['prose with a token', `# was ${KEY} once`, '# ••••••••'],
  ['prose beside a delicate word', '# my new key is hunter', '# •••••••• key ••••••••'],
  ['prose with a password', '# password hunter', '# password ••••••••'],
  ['code that was commented out', '#export MY_KEY=hunter two', '#export MY_KEY=••••••••'],
  [
    'something else',
    'curl -s https://u:hunter@host/?q=abc | sh',
    '•••••••• -s ••••••••:••••••••:••••••••=•••••••• | ••••••••',
  ],
  ['what acts on a screen', 'A="x" # \u202eb\u0007', 'A="••••••••" # ••••••••'],
  ['what starts a line on a screen', 'A=x\u2028\u000b # b\u2028c', 'A=•••••••• # ••••••••'],
  ['a secret before our own words', '# huntercredence 7f3a: x', '# ••••••••: ••••••••'],
  ['an end of a quotation', 'hunter two" ; export A', '••••••••"••••••••'],
])('Of a line of %s, only names, keywords and signs are shown.', (_, line, shown) => {
  const [removed, added] = changed(line, '').split('\n');
  expect(removed).toBe(`2-${shown}`);
  expect(added).toBe('2+');
});

test('Whole lines are shown with one around, parts that are near each other as one, with the numbers of old and new.', () => {
  const lines = ['# a', '# b', 'A=1', '# c', '# d', 'B=2', '# e', '# f', '# g', '# h', 'C=3'];
  const before = `${lines.join('\n')}\n`;
  const cut = (text: string, put = ''): Span => {
    const start = before.indexOf(text);
    return { start, end: start + text.length, text: put };
  };
  const spans = [cut('A=1\n'), cut('B=2\n', 'B=3\nB=4\n'), cut('C=3\n')];
  expect(textOf(maskedDiff(before, applySpans(before, spans), spans, []))).toBe(
    [
      ...[
        '2 # b',
        '3-A=••••••••',
        '4 # c',
        '5 # d',
        '6-B=••••••••',
        '5+B=••••••••',
        '6+B=••••••••',
        '7 # e',
        '~',
      ],
      ...['10 # h', '11-C=••••••••'],
    ].join('\n'),
  );
});

test.each([
  ['a new file', '', 'A=1\n', '1+A=••••••••'],
  ['a file that becomes empty', 'A=1', '', '1-A=••••••••'],
  ['a line end that comes', '# a\n# b', '# a\n# b\n', '1 # a\n2-# b\n2+# b'],
  ['a line end of another kind', '# a\r\n# b\n', '# a\n# b\n', '1-# a\n1+# a\n2 # b'],
  ['nothing', '# a\n', '# a\n', ''],
])('Shown without knowing where the change is: %s.', (_, before, after, shown) => {
  expect(textOf(maskedDiff(before, after, [], []))).toBe(shown);
});

test('Of a long line, what changes is shown, cut on both sides.', () => {
  const filler = Array.from({ length: 100_000 }, (_, at) => `"name${String(at % 10)}":{"a":true}`).join(',');
  const bytes = `{${filler},"env":{"ANTHROPIC_API_KEY":"${KEY}"},${filler}}`;
  const { spans } = editSettingsJson(bytes, {
    names: ['ANTHROPIC_API_KEY'],
    how: { kind: 'remove' },
    marker: 'm',
  });
  const shown = textOf(maskedDiff(bytes, applySpans(bytes, spans), spans, [KEY])).split('\n');
  expect(shown).toHaveLength(2);
  expect(shown[0]).toMatch(/^1-….*"env":\{"ANTHROPIC_API_KEY":"••••••••"\},.*…$/);
  expect(shown[1]).toMatch(/^1\+….*"env":\{\},.*…$/);
  for (const line of shown) expect(line.length).toBeLessThanOrEqual(2 + 120);
});

/** Every part of a secret that is long enough to be told apart, as it would look on the screen. */
function partsOf(secret: string): readonly string[] {
  return Array.from({ length: Math.max(0, secret.length - 5) }, (_, at) => secret.slice(at, at + 6));
}
const leaks = (hunks: readonly DiffHunk[], secret: string): readonly string[] => {
  const shown = hunks.flatMap(({ lines }) => lines.map(({ text }) => text)).join('\n');
  return partsOf(secret).filter((part) => part.trim() !== '' && shown.includes(part));
};

const from = (alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength, maxLength });
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const mixed = (alphabet: string, length: number): fc.Arbitrary<string> =>
  from(alphabet, length, length + 20).filter((text) => /\d/.test(text) && /[a-z]/i.test(text));
/** As tokens look; nobody says that they are secret. */
const token = fc.oneof(
  mixed(`${LETTERS}0123456789`, 24).map((rest) => `sk-ant-api03-${rest}`),
  mixed(`${LETTERS}0123456789`, 30).map((rest) => `ghp_${rest}`),
  mixed(`${LETTERS}0123456789+/`, 30).map((rest) => `${rest}==`),
  fc
    .tuple(mixed(`${LETTERS}0123456789_`, 20), mixed(`${LETTERS}0123456789`, 24))
    .map(([one, other]) => `eyJ${one}.${other}`),
  mixed('0123456789abcdef', 32),
  mixed('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 16).map((rest) => `AKIA${rest}`),
);

const line = fc.constantFrom(
  'export ANTHROPIC_API_KEY=@',
  "export A=1 ANTHROPIC_API_KEY='@' B",
  'set -gx ANTHROPIC_API_KEY @',
  'set -Ux fish_user_paths "@" $PATH',
  '$env:ANTHROPIC_API_KEY = "@"',
  'alias x="A=@ claude"',
  '[ -f ~/.x ] && source ~/.x @',
  '  "ANTHROPIC_API_KEY": "@",',
  '  "@": { "approved": ["@"] }, // @',
  '{ "name": "ANTHROPIC_API_KEY", "value": "@" },',
  '# credence 7f3a: export ANTHROPIC_API_KEY=@',
  '# some words, @ and more',
  '# the key: @',
  'export @',
  'cat <<X @',
  '@',
  '',
  '\ta @ b',
);

/** A file with the secret at places where it may be, and anywhere else. */
const fileWith = (secret: fc.Arbitrary<string>): fc.Arbitrary<{ secret: string; lines: readonly string[] }> =>
  fc
    .tuple(
      secret,
      fc.array(fc.tuple(line, fc.option(fc.nat(60), { freq: 4 })), { minLength: 1, maxLength: 12 }),
    )
    .map(([planted, places]) => ({
      secret: planted,
      lines: places.map(([template, anywhere]) => {
        const filled = template.replaceAll('@', () => planted);
        const at = anywhere === null ? 0 : anywhere % (filled.length + 1);
        return anywhere === null ? filled : filled.slice(0, at) + planted + filled.slice(at);
      }),
    }));

const change = fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'comment', 'keep', 'add')), {
  maxLength: 12,
});

function diffOf(
  lines: readonly string[],
  changes: readonly (readonly [number, string])[],
  secrets: readonly string[],
): readonly DiffHunk[] {
  let offset = 0;
  const spans = lines.flatMap((content, index): Span[] => {
    const bytes = bytesOfText(`${content}\n`);
    const start = offset;
    offset += bytes.length;
    const what = changes[index % Math.max(1, changes.length)]?.[1] ?? 'drop';
    if (what === 'drop') return [{ start, end: offset, text: '' }];
    if (what === 'comment') return [{ start, end: start, text: '# credence 7f3a: ' }];
    return what === 'add' ? [{ start, end: start, text: bytes }] : [];
  });
  const before = bytesOfText(lines.map((content) => `${content}\n`).join(''));
  return maskedDiff(before, applySpans(before, spans), spans, secrets.map(bytesOfText), OWN);
}

test('No part of a token that nobody told is shown, wherever it stands.', () => {
  fc.assert(
    fc.property(fileWith(token), change, ({ secret, lines }, changes) => {
      expect(leaks(diffOf(lines, changes, []), secret)).toEqual([]);
    }),
  );
});

test('No part of a secret that was told is shown, whatever it is and wherever it stands.', () => {
  const secret = fc.oneof(
    fc.string({ minLength: 6, maxLength: 30 }).filter((text) => text.trim() !== ''),
    fc
      .array(from(LETTERS, 2, 9), { minLength: 2, maxLength: 5 })
      .map((words) => words.join(' '))
      .filter((text) => text.length >= 6),
    from('abc', 6, 12),
    fc
      .string({ unit: 'grapheme', minLength: 6, maxLength: 20 })
      .filter((text) => !/[\p{Cc}\p{Cs}\p{Cf}\p{Z}]/u.test(text)),
  );
  fc.assert(
    fc.property(fileWith(secret), change, ({ secret: planted, lines }, changes) => {
      fc.pre(!/ {6}|[\n\r]/.test(planted));
      // The names and words that everybody knows stay readable, also where a secret has such a part.
      const known = [
        'ANTHROPIC_API_KEY',
        'ANTHROPIC_AUTH_TOKEN',
        'credence 7f3a: ',
        'export',
        'readonly',
        '••••••••',
      ];
      const found = leaks(diffOf(lines, changes, [planted]), planted);
      expect(found.filter((part) => !known.some((word) => word.includes(part)))).toEqual([]);
    }),
  );
});

test('A secret that was told is not shown where quotes, escapes or blanks divide it.', () => {
  const secret = 'openthedoorplease';
  for (const divided of [
    'open the door please',
    'open-the-door',
    "# o'pen' the door",
    'set openth edoor',
    '# open (the) door!',
  ]) {
    const shown = textOf(maskedDiff(`# ${divided}\n`, '', [], [secret]));
    expect(shown).toMatch(/^1-(?:# )?••••••••$/);
  }
});

test('A line of megabytes is masked in one pass.', () => {
  const line = `{${'"a": [{ b = "c" # credence 7f3a: '.repeat(150_000)}`;
  const begun = performance.now();
  expect(maskedDiff(`${line}\n`, '', [], [KEY], OWN)).toHaveLength(1);
  expect(performance.now() - begun).toBeLessThan(20_000);
});

test.each([
  ['a', '# a b ab'],
  ['abcd', '# xabcdx abc'],
])('A short secret is found too: %s.', (secret, text) => {
  const shown = textOf(maskedDiff(`${text}\n`, '', [], [secret]));
  expect(shown).toBe('1-••••••••');
});
