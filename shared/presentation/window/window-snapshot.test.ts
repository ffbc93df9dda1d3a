import { describe, expect, test } from 'vitest';
import type { LadderRow, Segment, Snapshot, VerdictMark } from '../../ipc/snapshot.ts';
import { HELPER, KEY, OAUTH, TOKEN, type Given } from '../../testing/given.ts';
import { windowOf, type WindowOptions } from '../../testing/window-of.ts';
import { placeBook } from './place-book.ts';
import { plainText } from './segments.ts';

/** Worlds that are trusted, so that a session asks nothing. */
const shownIn = async (given: Given, options?: WindowOptions): Promise<Snapshot> =>
  (await windowOf({ mode: 'interactive', ...given }, options)).snapshot;

const DROPPED = { files: { '~/.claude/settings.json': '{' } };

describe('The marks of the modes', () => {
  test.each<[string, Given, readonly VerdictMark[]]>([
    ['nothing at all', {}, ['nothing', 'nothing', 'nothing']],
    ['a login, which bare runs do not use', { login: true }, ['fine', 'fine', 'nothing']],
    [
      'a key over a login',
      { user: KEY, login: true, answered: 'approved' },
      ['metered', 'metered', 'metered'],
    ],
    ['a key that awaits approval', { shell: KEY }, ['attention', 'metered', 'metered']],
    ['a token alone', { user: TOKEN }, ['fine', 'fine', 'fine']],
    [
      'two credentials in one request',
      { shell: TOKEN, user: KEY, answered: 'approved' },
      ['attention', 'attention', 'attention'],
    ],
    ['a settings file that is dropped', { login: true, ...DROPPED }, ['broken', 'broken', 'broken']],
    ['a profile that has ended', { profile: 'ended' }, ['broken', 'broken', 'nothing']],
    [
      'a cloud chain that nobody can follow',
      { shell: { CLAUDE_CODE_USE_BEDROCK: '1' } },
      ['unknown', 'unknown', 'unknown'],
    ],
    [
      'a login at home, where it asks each time',
      { login: true, cwd: '~', trusted: false },
      ['fine', 'fine', 'nothing'],
    ],
    [
      'a login in a folder that is not trusted',
      { login: true, trusted: false },
      ['attention', 'fine', 'nothing'],
    ],
  ])('tell %s.', async (_, given, marks) => {
    const { bar } = await shownIn(given);
    expect(bar.modes.map(({ mark }) => mark)).toEqual(marks);
  });
});

const places = (segments: readonly Segment[]): readonly Segment[] =>
  segments.filter(({ kind }) => kind === 'place');

describe('The answer', () => {
  test.each<[string, Given, readonly [text: string, path: string][]]>([
    [
      'Interactive sessions send the API key from ~/.claude/settings.json:1, not your Max login.',
      { user: KEY, login: true, answered: 'approved' },
      [['~/.claude/settings.json:1', '/home/p/.claude/settings.json']],
    ],
    [
      'Interactive sessions send the auth token from managed settings (/etc/…/managed-settings.json:1).',
      { managed: TOKEN },
      [['managed settings (/etc/…/managed-settings.json:1)', '/etc/claude-code/managed-settings.json']],
    ],
    [
      'Interactive sessions send the auth token from ~/app/…/settings.local.json:1, and beside it the API key from ~/.claude/settings.json:1.',
      { local: TOKEN, user: KEY, answered: 'approved' },
      [
        ['~/app/…/settings.local.json:1', '/home/p/app/.claude/settings.local.json'],
        ['~/.claude/settings.json:1', '/home/p/.claude/settings.json'],
      ],
    ],
    ['Interactive sessions use your Max login.', { login: true }, []],
    ['Interactive sessions send the auth token from this terminal.', { shell: TOKEN }, []],
  ])('“%s” is cut at the places that can be opened.', async (sentence, given, expected) => {
    const book = placeBook();
    const { answer } = await shownIn(given, { book });
    expect(plainText(answer?.sentence ?? [])).toBe(sentence);
    const found = places(answer?.sentence ?? []).map((segment) =>
      segment.kind === 'place' && segment.id !== null ? [segment.text, book.find(segment.id)?.path] : null,
    );
    expect(found).toEqual(expected);
  });

  test.each<[string, Given, readonly string[]]>([
    ['a login', { login: true }, ['`Authorization`: Max login', '`x-api-key`: nothing', 'nothing is quiet']],
    [
      'two that are sent',
      { shell: TOKEN, user: KEY, answered: 'approved' },
      ['wins `Authorization`: Auth token', 'also `x-api-key`: API key'],
    ],
    [
      'a helper that was not run',
      { helper: HELPER },
      [
        'wins `Authorization`: API key helper from ~/.claude/settings.json:1, not run',
        'wins `x-api-key`: API key helper from ~/.claude/settings.json:1, not run',
      ],
    ],
    [
      'another address, and another answer in print runs',
      { shell: { ...KEY, ANTHROPIC_BASE_URL: 'https://gateway.example' } },
      [
        '`Authorization`: nothing',
        'nothing is quiet',
        '`x-api-key`: API key',
        'Base URL: https://gateway.example from this terminal',
        'Print: API key',
      ],
    ],
    ['nothing that is sent', {}, []],
  ])('has a row for each header and for what differs: %s.', async (_, given, expected) => {
    const { answer } = await shownIn(given);
    const rows = (answer?.rows ?? []).flatMap(({ label, isCode, mark, value, isQuiet }) => [
      `${mark === null ? '' : `${mark} `}${isCode ? `\`${label}\`` : label}: ${withoutPair(value)}`,
      ...(isQuiet ? ['nothing is quiet'] : []),
    ]);
    expect(rows).toEqual(expected);
  });

  test('tells whose account it is.', async () => {
    const { answer } = await shownIn({
      login: true,
      files: {
        '~/.claude.json': { oauthAccount: { emailAddress: 'p@example.com', organizationName: 'Made up' } },
      },
      trusted: false,
      cwd: '~',
    });
    expect(answer?.rows.find(({ label }) => label === 'Account')?.value).toEqual([
      { kind: 'text', text: 'p@example.com, Made up', tone: 'ink' },
    ]);
  });

  test('at home is the one after the question, which is told beside it.', async () => {
    const { answer } = await shownIn({ login: true, cwd: '~', trusted: false });
    expect(plainText(answer?.sentence ?? [])).toBe('Interactive sessions use your Max login.');
    expect(plainText(answer?.consequence ?? [])).toBe(
      'It is included in your subscription. Claude Code asks first whether you trust your home folder.',
    );
  });

  test('is amber where it costs money.', async () => {
    const { answer } = await shownIn({ user: KEY, login: true, answered: 'approved' });
    expect(answer?.consequence).toEqual([
      { kind: 'text', text: 'You pay per use, on top of Max.', tone: 'amber' },
    ]);
  });
});

/** Without the code at its end, a word pair. */
const withoutPair = (segments: readonly Segment[]): string =>
  plainText(segments.filter(({ kind, text }) => kind !== 'code' || text.includes('/'))).trim();

const rowText = (row: LadderRow): string =>
  row.kind === 'folded'
    ? `${row.onLine ? '| ' : '  '}${row.label}: ${row.word}`
    : `${row.onLine ? '| ' : '  '}${row.mark} ${row.title}${row.detail === null ? '' : ` (${row.detail.text})`}: ${row.word}${row.isEnd ? ' END' : ''}`;

describe('The ladder', () => {
  test.each<[string, Given, readonly string[]]>([
    [
      'what is not set folds, and the line ends at what wins',
      { user: KEY, login: true, answered: 'approved' },
      [
        '| Gateway, cloud, custom headers, auth token: not set',
        '| wins API key (ANTHROPIC_API_KEY): wins END',
        '  Helper, OAuth token, profile, federation: not set',
        '  shadowed Claude login (Max): shadowed',
        '  Console key, base URL login: not set',
      ],
    ],
    [
      'it ends at the last that is sent',
      { shell: TOKEN, user: KEY, answered: 'approved' },
      [
        '| Gateway, cloud, custom headers: not set',
        '| wins Auth token (ANTHROPIC_AUTH_TOKEN): wins',
        '| also API key (ANTHROPIC_API_KEY): also sent END',
        '  Helper, OAuth token, profile and 4 more: not set',
      ],
    ],
    ['where nothing is sent there is no line', {}, ['  Gateway, cloud, custom headers and 9 more: not set']],
    [
      'nor where what would be sent has ended',
      { profile: 'ended' },
      [
        '  Gateway, cloud, custom headers and 7 more: not set',
        '  broken Profile (“default”): broken',
        '  Base URL login: not set',
      ],
    ],
  ])('shows every source: %s.', async (_, given, rows) => {
    const { ladder } = await shownIn(given);
    const shown = ladder.rows.map(rowText);
    expect(shown).toEqual(rows);
    expect(ladder.end === null).toBe(!shown.some((row) => row.endsWith('END')));
  });

  test('unfolds the readings of a source, each with its place, and the rule that sends it.', async () => {
    const { ladder } = await shownIn({ local: TOKEN, user: TOKEN, shell: TOKEN });
    const rung = ladder.rows.find((row) => row.kind === 'rung' && row.source === 'auth-token');
    if (rung?.kind !== 'rung') throw new Error('There is no such rung.');
    expect(rung.readings.map(({ place, word }) => `${place.text}: ${word}`)).toEqual([
      '~/app/.claude/settings.local.json:1: wins',
      '~/.claude/settings.json:1: shadowed',
      'this terminal: shadowed',
    ]);
    expect(new Set(rung.readings.map(({ wordPair }) => wordPair)).size).toBe(1);
    expect(rung.rule?.id).toMatch(/^authorization\//);
    expect(rung.wordPair).toMatch(/^[a-z]+-[a-z]+$/);
  });

  test('offers each remedy of a source once.', async () => {
    const { ladder } = await shownIn({
      project: KEY,
      local: KEY,
      user: KEY,
      login: true,
      answered: 'approved',
    });
    for (const row of ladder.rows) {
      if (row.kind !== 'rung') continue;
      expect(new Set(row.remedies.map(({ title }) => title)).size).toBe(row.remedies.length);
    }
  });
});

describe('The conflicts', () => {
  test('begin with what costs money, and end with those of other modes.', async () => {
    const { conflicts } = await shownIn({
      mode: 'print',
      project: KEY,
      shell: { ANTHROPIC_AUTH_TOKEN: '' },
      login: { refreshTokenExpiresAt: '$NOW_MS+86400000' },
      files: { '$PROJ/.claude/settings.local.json': '{' },
    });
    const codes = conflicts.map(({ code }) => code);
    expect(codes[0]).toBe('metered-over-subscription');
    expect(conflicts[0]?.mark).toBe('metered');
    expect(codes).toContain('settings-file-dropped');
    const others = conflicts.map(({ title }) => / only\)$/.test(title));
    expect(others).toEqual([...others].sort());
    expect(others).toContain(true);
    const here = conflicts.filter((_, at) => others[at] === false).slice(1);
    const gravity = here.map(({ severity }) => ['critical', 'warning', 'info'].indexOf(severity));
    expect(gravity).toEqual([...gravity].sort());
  });

  test('do not offer to leave it as it is: that goes without saying.', async () => {
    const { conflicts } = await shownIn({ user: KEY, login: true, answered: 'approved' });
    expect(conflicts.flatMap(({ remedies }) => remedies.map(({ title }) => title)).join()).not.toMatch(
      /leave/i,
    );
  });
});

const DAY = 86_400_000;

describe('The next 30 days', () => {
  test.each<[string, string, readonly [number | null, number | null], string]>([
    ['tomorrow', `$NOW_MS+${String(DAY)}`, [0, 1 / 30], 'amber'],
    ['in ten days, or three before', `$NOW_MS+${String(10 * DAY)}`, [7 / 30, 10 / 30], 'ink'],
    ['at the edge', `$NOW_MS+${String(32 * DAY)}`, [29 / 30, 1], 'ink'],
    ['later', `$NOW_MS+${String(40 * DAY)}`, [null, null], 'ink'],
    ['in the past', `$NOW_MS-${String(2 * DAY)}`, [null, null], 'amber'],
  ])('show a login that ends %s.', async (_, refreshTokenExpiresAt, [from, to], tone) => {
    const { clocks } = await shownIn({ login: { refreshTokenExpiresAt } });
    expect(clocks.ends).toHaveLength(1);
    const [end] = clocks.ends;
    for (const [is, shouldBe] of [
      [end?.from, from],
      [end?.to, to],
    ] as const) {
      if (shouldBe === null) expect(is).toBe(null);
      else expect(is).toBeCloseTo(shouldBe, 9);
    }
    expect(end?.tone).toBe(tone);
  });

  test('have a tick a day and a label a week.', async () => {
    const { clocks } = await shownIn({});
    expect(clocks.ticks).toHaveLength(31);
    expect(clocks.ticks.flatMap(({ label }) => label ?? [])).toEqual([
      'Today',
      '27 Nov',
      '4 Dec',
      '11 Dec',
      '18 Dec',
    ]);
  });

  test('tell quietly what renews itself.', async () => {
    const { clocks } = await shownIn({ login: true });
    expect(clocks).toMatchObject({ ends: [], quiet: 'The access token of your Max login renews itself.' });
  });
});

describe('The tray', () => {
  test.each<[string, Given, VerdictMark, string | null]>([
    ['Claude Code in app: Max login (subscription)', { login: true }, 'fine', null],
    ['Claude Code in app: not logged in', {}, 'nothing', null],
    [
      'Print in app: API key from this terminal (metered)',
      { shell: KEY, login: true },
      'metered',
      'Your Max login is not used',
    ],
    [
      'Claude Code in app: API key from this terminal (metered)',
      { shell: KEY, login: true, answered: 'approved' },
      'metered',
      'Your Max login is not used',
    ],
    [
      'Interactive in app: asks, then Max login (subscription)',
      { login: true, trusted: false },
      'attention',
      null,
    ],
    [
      'Claude Code in your home: Max login (subscription)',
      { login: true, cwd: '~', trusted: false },
      'fine',
      null,
    ],
    ['Claude Code in app: OAuth token from this terminal (subscription)', { shell: OAUTH }, 'fine', null],
    [
      'Claude Code in app: Max login (subscription)',
      { login: { refreshTokenExpiresAt: `$NOW_MS+${String(10 * DAY)}` } },
      'fine',
      'Login ends 27 to 30 November',
    ],
  ])('says “%s”.', async (line, given, mark, second) => {
    const { tray } = await windowOf({ mode: 'interactive', ...given });
    expect(tray).toEqual({ mark, line: line.length <= 60 ? line : tray?.line, second });
    if (line.length > 60) expect(tray?.line).toMatch(/^.{29,30}….{29,30}$/);
  });

  test('says the same whatever mode is looked at.', async () => {
    const [one, other] = await Promise.all([
      windowOf({ mode: 'print', user: TOKEN }),
      windowOf({ mode: 'bare', user: TOKEN }),
    ]);
    expect(one.tray?.mark).toBe(other.tray?.mark);
    expect(other.snapshot.bar.mode).toBe('bare');
  });
});
