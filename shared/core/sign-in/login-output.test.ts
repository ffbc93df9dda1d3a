import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownLink } from './known-hosts.ts';
import {
  NO_OUTPUT,
  readingOf,
  withCodeSent,
  withPiece,
  type LoginOutput,
  type LoginReading,
} from './login-output.ts';

/** As 2.1.328 prints it; recorded, with made-up parameters. */
const QUERY =
  '?code=true&client_id=CLIENT&response_type=code&redirect_uri=https%3A%2F%2Fplatform.claude.com%2Foauth%2Fcode%2Fcallback&scope=org%3Acreate_api_key+user%3Aprofile+user%3Ainference+user%3Asessions%3Aclaude_code+user%3Amcp_servers+user%3Afile_upload+user%3Aplugins+user%3Aprivacy_consents%3Awrite&code_challenge=CHALLENGE&code_challenge_method=S256&state=STATE';
const CLAUDE = `https://claude.com/cai/oauth/authorize${QUERY}`;
const CONSOLE = `https://platform.claude.com/oauth/authorize${QUERY}`;
const SSO = `${CLAUDE}&login_hint=person%40example.com&login_method=sso`;
const PROMPT = 'Paste code here if prompted > ';
const printed = (link: string): string =>
  `Opening browser to sign in…\nIf the browser didn't open, visit: ${link}\n${PROMPT}`;
const NOT_FULL = "That doesn't look like the full code. Copy all of it, including the # in the middle.\n";

type Piece = readonly [text: string, from: 'output' | 'error'];

const read = (...pieces: readonly Piece[]): LoginOutput =>
  pieces.reduce((output, [text, from]) => withPiece(output, text, from), NO_OUTPUT);
const out = (text: string): Piece => [text, 'output'];
const said = (text: string, quiet = true): LoginReading => readingOf(read(out(text)), quiet);
const linkIn = (text: string, quiet = true): string | null => said(text, quiet).link?.url ?? null;

test.each<[title: string, text: string, link: string]>([
  ['a subscription', printed(CLAUDE), CLAUDE],
  ['the Console', printed(CONSOLE), CONSOLE],
  ['SSO with an address filled in', printed(SSO), SSO],
  ['line ends of Windows', printed(CLAUDE).replaceAll('\n', '\r\n'), CLAUDE],
  ['other words', `Bitte öffnen: ${CLAUDE}\nCode? `, CLAUDE],
  ['the link alone', CLAUDE, CLAUDE],
  ['in angle brackets with a full stop', `Go to <${CLAUDE}>.\n? `, CLAUDE],
  ['a full stop behind it', `Go to ${CLAUDE}.\n? `, CLAUDE],
  ['colours', printed(`\u001b[4m\u001b[38;5;12m${CLAUDE}\u001b[0m`), CLAUDE],
  ['colours within', printed(`${CLAUDE.slice(0, 50)}\u001b[1m${CLAUDE.slice(50)}\u001b[m`), CLAUDE],
  ['colours in their one-character spelling', printed(`\u009b4m${CLAUDE}\u009b0m`), CLAUDE],
  ['a hyperlink with words', printed(`\u001b]8;;${CLAUDE}\u001b\\here\u001b]8;;\u001b\\`), CLAUDE],
  ['a hyperlink ended by a bell', printed(`\u001b]8;id=1;${CLAUDE}\u0007here\u001b]8;;\u0007`), CLAUDE],
  [
    'a hyperlink whose words are cut short',
    printed(`\u001b]8;;${CLAUDE}\u001b\\${CLAUDE.slice(0, 40)}…\u001b]8;;\u001b\\`),
    CLAUDE,
  ],
  [
    'a hyperlink that leads elsewhere than it says',
    printed(`\u001b]8;;https://evil.example/x\u001b\\${CLAUDE}\u001b]8;;\u001b\\`),
    CLAUDE,
  ],
  ['another known link before it', `See https://claude.com/terms.\n${printed(CLAUDE)}`, CLAUDE],
  ['another known link behind it', `${printed(CLAUDE)}\nHelp: https://claude.com/help `, CLAUDE],
  ['a link of a stranger before it', `See https://evil.example/?state=1\n${printed(CLAUDE)}`, CLAUDE],
  ['a title that is never ended', `\u001b]0;Claude\n${printed(CLAUDE)}`, CLAUDE],
  [
    'a frame that is drawn again',
    `${printed(CLAUDE)}\u001b[2K\u001b[1A\u001b[2K\u001b[G${printed(CLAUDE)}`,
    CLAUDE,
  ],
  ['a frame that ends with the link', `visit: ${CLAUDE}\u001b[2K\u001b[GWaiting`, CLAUDE],
  ['a spinner that goes back to the start of its line', `⠋ one\r⠙ two\r${printed(CLAUDE)}`, CLAUDE],
])('Finds the link: %s.', (_, text, link) => {
  expect(linkIn(text)).toBe(link);
});

/** As a terminal of so many columns breaks it. */
function wrappedAt(columns: number, text: string): string {
  return text
    .split('\n')
    .map((line) => (line.match(new RegExp(`.{1,${String(columns)}}`, 'gu')) ?? []).join('\n'))
    .join('\n');
}

test.each([40, 60, 79, 80, 81, 100, 120, 132, 200, 240])(
  'Joins a link that was wrapped at %i columns.',
  (columns) => {
    for (const link of [CLAUDE, CONSOLE, SSO]) expect(linkIn(wrappedAt(columns, printed(link)))).toBe(link);
  },
);

test('Joins a wrapped link that is coloured and indented.', () => {
  const lines = wrappedAt(76, CLAUDE).split('\n');
  const text = `Visit:\n${lines.map((line) => `  \u001b[36m${line}\u001b[0m`).join('\r\n')}\r\n\r\n${PROMPT}`;
  expect(linkIn(text)).toBe(CLAUDE);
});

test.each([20, 60, 80, 100])(
  'Joins a link whose own lines are of %i columns, behind the words that lead to it.',
  (columns) => {
    const lines = (CLAUDE.match(new RegExp(`.{1,${String(columns)}}`, 'g')) ?? []).join('\n');
    expect(linkIn(printed(lines))).toBe(CLAUDE);
  },
);

test('Takes nothing that follows a whole link for a part of it.', () => {
  for (const next of ['Waiting', 'Paste code here >', 'https://evil.example/', ''])
    expect(linkIn(`visit: ${CLAUDE}\n${next}\n`)).toBe(CLAUDE);
  const short = 'https://claude.com/oauth?state=1';
  expect(linkIn(`Open the page ${short}\nand wait\n`)).toBe(short);
});

test('Shows a link only once it is whole.', () => {
  expect(linkIn(`visit: ${CLAUDE.slice(0, 200)}`, false)).toBeNull();
  expect(linkIn(`visit: ${CLAUDE}\n`, false)).toBe(CLAUDE);
  expect(linkIn(`visit: ${CLAUDE}`, true)).toBe(CLAUDE);
  const narrow = wrappedAt(80, printed(CLAUDE));
  expect(linkIn(narrow.slice(0, 300), false)).toBeNull();
  expect(linkIn(narrow, false)).toBe(CLAUDE);
});

test.each<[title: string, text: string]>([
  ['a stranger', printed('https://evil.example/oauth?state=1')],
  ['a name that ends alike', printed('https://evilclaude.com/?state=1')],
  ['a name below a stranger', printed('https://claude.com.evil.example/?state=1')],
  ['a user before the host', printed('https://claude.com@evil.example/?state=1')],
  ['without encryption', printed('http://claude.com/?state=1')],
  ['too long', printed(`https://claude.com/?state=${'a'.repeat(2100)}`)],
  [
    'a hyperlink of a stranger',
    printed('\u001b]8;;https://evil.example/\u001b\\claude.com\u001b]8;;\u001b\\'),
  ],
  ['no link', `Opening browser…\n${PROMPT}`],
])('Shows no link: %s.', (_, text) => {
  expect(linkIn(text)).toBeNull();
});

test.each<[title: string, text: string, quiet: boolean, asks: boolean]>([
  ['the prompt', printed(CLAUDE), false, true],
  ['a prompt in other words', `${CLAUDE}\nCode: `, false, true],
  ['a prompt with a line of its own', `visit: ${CLAUDE}\nEnter the code:\n`, true, true],
  ['no prompt but silence', `visit: ${CLAUDE}\n`, true, true],
  ['a prompt without any link', 'Opening browser\nCode: ', true, true],
  ['nothing yet', '', true, false],
  ['only colours', '\u001b[0m\u001b[?25l', true, false],
  ['only a line', 'Opening browser…\n', true, false],
  ['in the middle of a line', 'Opening brow', false, false],
])('Tells whether a code is asked for: %s.', (_, text, quiet, asks) => {
  expect(said(text, quiet).asksCode).toBe(asks);
});

const afterCode = (...pieces: readonly Piece[]): LoginOutput =>
  pieces.reduce(
    (output, [text, from]) => withPiece(output, text, from),
    withCodeSent(read(out(printed(CLAUDE)))),
  );

test.each<[title: string, pieces: readonly Piece[], incomplete: boolean, reason: LoginReading['reason']]>([
  ['recorded: not the full code', [[NOT_FULL, 'error']], true, 'other'],
  ['not the full code, in other words', [['Bitte noch einmal.\n', 'error']], true, 'other'],
  ['on the other stream', [['That is not the whole code.\n', 'output']], true, 'other'],
  ['at work', [['Checking…\n', 'output']], false, 'other'],
  ['nothing', [], false, 'other'],
  [
    'recorded: offline',
    [["Couldn't log in: connect ECONNREFUSED 127.0.0.1:9\n", 'error']],
    true,
    'no-connection',
  ],
  ['no name', [['Login failed: getaddrinfo ENOTFOUND platform.claude.com', 'error']], true, 'no-connection'],
  ['inspected', [['unable to verify the first certificate', 'error']], true, 'no-connection'],
  ['a refused code', [['OAuth error: Invalid code\n', 'error']], true, 'code-refused'],
  [
    'a refused code by its number',
    [['Request failed with status code 400\n', 'error']],
    true,
    'code-refused',
  ],
  ['a code that is spent', [['{"error":"invalid_grant"}', 'error']], true, 'code-refused'],
  ['whatever', [['Something went wrong\n', 'error']], true, 'other'],
])('After a code: %s.', (_, pieces, incomplete, reason) => {
  expect(readingOf(afterCode(...pieces), true)).toMatchObject({ saysIncomplete: incomplete, reason });
});

test('Another option than the program knows is told from a refusal.', () => {
  expect(readingOf(read(["error: unknown option '--claudeai'\n", 'error']), true).reason).toBe('usage');
  expect(
    readingOf(read(["Error: --console and --claudeai can't be used together.\n", 'error']), true).reason,
  ).toBe('other');
});

const chopped = (text: string): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.nat(text.length), { maxLength: 40 }).map((cuts) => {
    const ends = [0, ...cuts.sort((one, other) => one - other), text.length];
    return ends.slice(1).map((end, at) => text.slice(ends[at], end));
  });

const TRANSCRIPTS = [
  printed(CLAUDE),
  printed(SSO).replaceAll('\n', '\r\n'),
  wrappedAt(80, printed(CONSOLE)),
  printed(`\u001b]8;;${CLAUDE}\u001b\\here\u001b]8;;\u001b\\`),
  `${printed(CLAUDE)}\u001b[2K\u001b[1A\u001b[2K\u001b[G${printed(CLAUDE)}${NOT_FULL}`,
];

test('However it is cut into pieces, the output means the same.', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TRANSCRIPTS).chain((text) => fc.tuple(fc.constant(text), chopped(text))),
      fc.boolean(),
      ([text, pieces], quiet) => {
        expect(read(...pieces.map(out))).toEqual(read(out(text)));
        expect(readingOf(read(...pieces.map(out)), quiet)).toEqual(said(text, quiet));
      },
    ),
  );
});

const noise = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\u001b',
    '\u001b[',
    '\u001b]8;;',
    '\u009d',
    '\u009b',
    '\n',
    '\r',
    '\u0007',
    '\u001b\\',
    'https://',
    CLAUDE,
    'https://claude.com/',
  ),
);

test('Whatever is printed, nothing is thrown, little is kept, and no link but a known one comes out.', () => {
  fc.assert(
    fc.property(fc.array(noise), fc.array(fc.boolean()), (texts, sides) => {
      const output = read(...texts.map((text, at): Piece => [text, sides[at] === true ? 'error' : 'output']));
      const { link } = readingOf(output, true);
      if (link !== null) expect(knownLink(link.url)).toEqual(link);
      const whole = texts.join('');
      fc.pre(whole.length < 4000);
      expect(readingOf(read(...chopIn(texts, 3).map(out)), true)).toEqual(readingOf(read(out(whole)), true));
    }),
  );
});

const chopIn = (texts: readonly string[], length: number): readonly string[] =>
  texts.flatMap((text) => text.match(new RegExp(`[^]{1,${String(length)}}`, 'g')) ?? []);

test('A program that floods is read in bounded memory.', () => {
  const flood = `${'x'.repeat(200_000)}\n`.repeat(3) + '\u001b]0;' + 'y'.repeat(200_000);
  const kept = JSON.stringify(read(out(flood)));
  expect(kept.length).toBeLessThan(20_000);
  expect(linkIn(`${flood}\n${printed(CLAUDE)}`)).toBe(CLAUDE);
});

const codePart = fc.string({
  unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-')),
  minLength: 20,
  maxLength: 80,
});

test('A run of dots in what looks like a link takes no longer than anything else.', () => {
  const started = performance.now();
  const line = `https://claude.com/${'.'.repeat(8_000)}x\n`;
  withPiece(NO_OUTPUT, line.repeat(100), 'output');
  // Looked at once for each of them, they take seconds.
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('Once a code was sent, no piece of it is in what is remembered, however it is echoed.', () => {
  const echoes = [
    (code: string) => code,
    (code: string) => `> ${code}\r\n`,
    (code: string) => wrappedAt(30, code),
    (code: string) => `\u001b]0;${code}\u0007`,
    (code: string) => `\u001b]8;;https://claude.com/?state=${code}\u0007x`,
    (code: string) => `invalid ${code} expired`,
    (code: string) => `https://claude.com/cb?code=${code.replace('#', '&state=')}\n`,
    (code: string) => code.replace('#', '\u001b[1m#'),
  ];
  fc.assert(
    fc.property(
      codePart,
      codePart,
      fc.constantFrom(...echoes),
      fc.constantFrom('output' as const, 'error' as const),
      fc.nat(),
      (first, second, echo, from, cut) => {
        const text = echo(`${first}#${second}`);
        let output = withCodeSent(read(out(printed(CLAUDE))));
        const at = cut % (text.length + 1);
        for (const piece of [text.slice(0, at), text.slice(at)]) {
          output = withPiece(output, piece, from);
          const kept = JSON.stringify(output) + JSON.stringify(readingOf(output, true));
          for (const half of [first, second])
            for (let start = 0; start + 8 <= half.length; start++)
              expect(kept).not.toContain(half.slice(start, start + 8));
        }
      },
    ),
  );
});

test('A code that was typed and echoed before it was sent is forgotten when it is sent.', () => {
  const output = withPiece(read(out(printed(CLAUDE))), 'made-up-code#made-up-state', 'output');
  expect(JSON.stringify(withCodeSent(output))).not.toContain('made-up');
  expect(readingOf(withCodeSent(output), true).link?.url).toBe(CLAUDE);
});
