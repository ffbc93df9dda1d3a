import { assert, property, string, array, record, constantFrom, integer } from 'fast-check';
import { expect, test } from 'vitest';
import type { Context } from '../core/context.ts';
import type { FileTree } from '../testing/file-tree.ts';
import { WORLD_HOME, worldPorts } from '../testing/worlds.ts';
import { scan, type Skipped } from '../usecases/scan.ts';
import { scanRow, scanText, type ScanHeading, type ScanRow } from './scan-text.ts';
import { lengthOf } from './printable.ts';

const ROOT = `${WORLD_HOME}/src`;
const STYLE = { colour: false, columns: 80 };
const HEADING: ScanHeading = {
  roots: [ROOT],
  mode: 'print',
  claudeCode: { version: '2.1.328', from: 'flag' },
  place: { home: WORLD_HOME, platform: 'linux' },
};

async function textOf(tree: FileTree, more: Partial<ScanHeading> = {}, columns = 80): Promise<string> {
  const heading = { ...HEADING, ...more };
  const context: Context = heading;
  const entries = Object.fromEntries(Object.entries(tree).map(([path, entry]) => [`${ROOT}/${path}`, entry]));
  const { ports, request } = worldPorts({}, { entries: { [ROOT]: { kind: 'folder' }, ...entries } });
  const rows: ScanRow[] = [];
  const skipped: Skipped[] = [];
  for await (const event of scan(ports, { roots: heading.roots, context, question: request })) {
    if (event.kind === 'found') rows.push(scanRow(event.found, heading));
    if (event.kind === 'skipped') skipped.push(event.skipped);
  }
  return scanText(rows, skipped, heading, { ...STYLE, columns });
}

const env = (variables: Readonly<Record<string, string>>): string =>
  JSON.stringify({ env: variables }, undefined, 2);

test('Nothing found is said in one line.', async () => {
  expect(await textOf({})).toBe('No folder below ~/src brings credential settings.\n');
});

test('Each folder is a line: what is sent there, who pays, what the folder brings.', async () => {
  const text = await textOf({
    'app/.claude/settings.json': env({ ANTHROPIC_API_KEY: 'made-up' }),
    'tool/.claude/settings.local.json': env({ ANTHROPIC_BASE_URL: 'https://g.example' }),
  });
  const lines = text.split('\n');
  expect(lines.slice(0, 3)).toEqual([
    '2 folders below ~/src bring credential settings. Print runs there send (Claude',
    'Code 2.1.328):',
    '',
  ]);
  expect(lines[3]).toBe('▲ app   API key, pay per use  ANTHROPIC_API_KEY settings.json:3');
  expect(lines[4]).toBe('  tool  not logged in         ANTHROPIC_BASE_URL settings.local.json:3');
  expect(text).toMatch(/\nTo look at\n(?: {2}[a-z-]+ +\d folders?\n)+/);
});

test('What does not fit behind the answer stands below it.', async () => {
  const names = {
    ANTHROPIC_API_KEY: 'x',
    ANTHROPIC_AUTH_TOKEN: 'x',
    ANTHROPIC_BASE_URL: 'https://g.example',
  };
  const lines = (await textOf({ 'app/.claude/settings.json': env(names) })).split('\n');
  expect(lines.slice(3, 6)).toEqual([
    expect.stringMatching(/^▲ app {2}Auth token/),
    '    ANTHROPIC_API_KEY settings.json:3, ANTHROPIC_AUTH_TOKEN settings.json:4,',
    '    ANTHROPIC_BASE_URL settings.json:5',
  ]);
});

test('A file that Claude Code ignores is said to be so.', async () => {
  const text = await textOf({ 'app/.claude/settings.json': '{ "env": { "ANTHROPIC_API_KEY": "x", } }' });
  expect(text).toContain('ANTHROPIC_API_KEY settings.json:1 (file ignored)');
  expect(text).toContain('settings-file-dropped');
});

test('The folder itself is a dot, and of several roots paths are whole.', async () => {
  const tree = { '.claude/settings.json': env({ ANTHROPIC_API_KEY: 'x' }), 'a/f': '' };
  expect(await textOf(tree)).toMatch(/^▲ \. {2}API key/m);
  expect(await textOf(tree, { roots: [ROOT, `${ROOT}/a`] })).toMatch(/^▲ ~\/src {2}API key/m);
});

test('What could not be read is named with its reason, and counted from the eleventh on.', async () => {
  const denied = Array.from({ length: 12 }, (_, at) => [`d${at}`, { kind: 'folder', denied: true }] as const);
  const text = await textOf({ ...Object.fromEntries(denied), 'f/.claude/settings.json': { kind: 'fifo' } });
  expect(text).toContain('13 places could not be read\n  ~/src/d0: this user may not read it\n');
  expect(text).toContain('\n  and 3 more; “--json” names them all\n');
});

test('A question that comes first is said to come first.', async () => {
  const text = await textOf(
    { 'app/.claude/settings.json': env({ ANTHROPIC_API_KEY: 'x' }) },
    { mode: 'interactive' },
  );
  expect(text).toContain('asks, then API key, pay per use');
});

test('A name of control and right-to-left characters does nothing to the terminal.', async () => {
  const text = await textOf({ 'a\u001b[2J\u202e\nb/.claude/settings.json': env({ ANTHROPIC_API_KEY: 'x' }) });
  expect(text).toContain('a\ufffd[2J\ufffd\ufffdb');
  expect(text).not.toMatch(/[\u001b\u202e]/); // eslint-disable-line no-control-regex -- not to be there
});

const cell = (most: number) =>
  string({ minLength: 1, maxLength: most, unit: constantFrom('a', 'é', '-', '/') });
const rows = array(
  record({
    worst: constantFrom(null, 'warning' as const, 'critical' as const),
    folder: cell(26),
    answer: cell(48),
    names: array(cell(30), { minLength: 1, maxLength: 6 }),
    codes: array(constantFrom('login-ended' as const, 'metered-over-subscription' as const), {
      maxLength: 2,
    }),
  }),
  { maxLength: 5 },
);

test('No line is longer than the terminal is wide.', () => {
  assert(
    property(
      rows,
      integer({ min: 80, max: 120 }),
      array(cell(200), { maxLength: 12 }),
      (given, columns, paths) => {
        const text = scanText(
          given.map(({ worst, folder, answer, names, codes }) => ({
            worst,
            cells: [folder, answer, names.join(', ')],
            codes,
          })),
          paths.map((folder) => ({ folder, path: null, reason: 'too-large' })),
          HEADING,
          { colour: false, columns },
        );
        for (const line of text.split('\n')) expect(lengthOf(line)).toBeLessThanOrEqual(columns);
      },
    ),
  );
});
