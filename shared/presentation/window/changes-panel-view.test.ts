import { describe, expect, test } from 'vitest';
import type { Goal } from '../../core/remedies/plan.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { CHANGE_STATES, type ChangeRecord } from '../../usecases/changes/change-record.ts';
import type { RecordedStep } from '../../usecases/changes/recorded-step.ts';
import type { Calendar } from '../days.ts';
import { changesPanelView } from './changes-panel-view.ts';

const HOME = { home: '/home/p', platform: 'linux' } as const;
const CALENDAR: Calendar = { now: SOME_NOON, utcOffsetMinutes: 0 };

const file = (path: string): RecordedStep => ({
  kind: 'file',
  path,
  place: 'zsh',
  before: 'x',
  after: 'y',
  locked: false,
});
const KEY_STEP: RecordedStep = { kind: 'key', name: 'ANTHROPIC_API_KEY', inClear: false };
const record = (change: Partial<ChangeRecord> = {}): ChangeRecord => ({
  id: 'abcd1234',
  at: SOME_NOON,
  state: 'applied',
  goal: { kind: 'clear', names: ['ANTHROPIC_API_KEY'] },
  steps: [file('/home/p/.zshrc')],
  sealed: true,
  kept: true,
  ...change,
});
const panel = (records: readonly ChangeRecord[], undoing: string | null = null) =>
  changesPanelView({ records, undoing, refused: null }, HOME, CALENDAR);
const titleOf = (kind: Goal['kind'], names: readonly string[], steps: readonly RecordedStep[]) =>
  panel([record({ goal: { kind, names }, steps })])?.rows[0]?.title;

test('While the list is not open there is none, and one that is empty says how long things are kept.', () => {
  expect(changesPanelView({ records: null, undoing: null, refused: null }, HOME, CALENDAR)).toBeNull();
  expect(panel([])).toMatchObject({ rows: [], refused: null, footer: /90 days.*50 changes/ });
});

describe('The title of a change', () => {
  const key = ['ANTHROPIC_API_KEY'];
  const zshrc = file('/home/p/.zshrc');
  const settings = file('/home/p/.claude/settings.json');
  const session: RecordedStep = { kind: 'variable', store: 'systemd', name: 'ANTHROPIC_API_KEY', type: '' };
  test.each<[string, Goal['kind'], readonly string[], readonly RecordedStep[]]>([
    ['Cleared the API key in ~/.zshrc', 'clear', key, [zshrc]],
    ['Cleared the API key in ~/.zshrc, ~/.claude/settings.json', 'use', key, [zshrc, settings]],
    ['Cleared the API key in the session', 'clear', key, [session]],
    ['Cleared the API key in 4 places', 'clear', key, [zshrc, settings, session, file('/etc/environment')]],
    [
      'Cleared ANTHROPIC_API_KEY and ANTHROPIC_AUTH_TOKEN in ~/.zshrc',
      'clear',
      ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'],
      [zshrc, zshrc],
    ],
    ['Cleared apiKeyHelper in ~/.claude/settings.json', 'clear', ['apiKeyHelper'], [settings]],
    ['Cancelled the API key in ~/.claude/settings.json', 'cancel', key, [settings]],
    [
      'Moved the API key into the keychain, from ~/.zshrc, ~/.claude/settings.json',
      'to-keychain',
      key,
      [KEY_STEP, zshrc, settings],
    ],
    ['Removed the remembered answer in ~/.claude.json', 'forget-answer', key, [file('/home/p/.claude.json')]],
    [
      'Made ~/.zshrc private',
      'narrow-mode',
      ['/home/p/.zshrc'],
      [{ kind: 'mode', path: '/home/p/.zshrc', digest: 'x', before: 0o644, after: 0o600 }],
    ],
  ])('%s.', (title, kind, names, steps) => {
    expect(titleOf(kind, names, steps)).toBe(title);
  });

  test('keeps the end of a long path and shows nothing that could not be printed.', () => {
    const long = `/home/p/${'a-long-folder-name/'.repeat(8)}\u202e.zshrc\n`;
    const title = titleOf('clear', key, [file(long)]) ?? '';
    expect(title.length).toBeLessThan(100);
    expect(title).toContain('…');
    expect(title).not.toMatch(/[\u202e\n]/);
  });
});

test.each(CHANGE_STATES)('A change that is %s can be undone only when it is done and kept.', (state) => {
  for (const kept of [true, false]) {
    const row = panel([record({ state, kept })])?.rows[0];
    expect(row?.undoable).toBe(state === 'applied' && kept);
    expect(row?.word).toMatch(/^[a-z, ]+$/);
    expect(row?.word.includes('too old')).toBe(state === 'applied' && !kept);
  }
});

test('Dates are those of the person’s calendar, and only what is undone just now is at work.', () => {
  const rows = panel([record(), record({ id: 'ef', at: SOME_NOON - 86_400_000 })], 'ef')?.rows;
  expect(rows?.map(({ date, working }) => [date, working])).toEqual([
    ['20 November, 12:00', false],
    ['19 November, 12:00', true],
  ]);
});

test('A refusal names each file with both sides, and of one that is gone only what Credence did.', () => {
  const hunk = { lines: [{ kind: 'added' as const, number: 1, text: '••••••••' }] };
  const view = changesPanelView(
    {
      records: [record()],
      undoing: null,
      refused: {
        id: 'abcd1234',
        failure: {
          ok: false,
          why: 'changed-since',
          views: [
            { path: '/home/p/.zshrc', credence: [hunk], since: [hunk] },
            { path: '/home/p/.zshenv', credence: [hunk], since: [] },
          ],
          stuck: [],
        },
      },
    },
    HOME,
    CALENDAR,
  );
  expect(view?.refused).toEqual({
    id: 'abcd1234',
    text: 'It was changed after Credence changed it, and undoing would lose that. Take that back first, or edit the file yourself.',
    views: [
      { path: '~/.zshrc', credence: [hunk], since: [hunk] },
      { path: '~/.zshenv', credence: [hunk], since: [] },
    ],
  });
});
