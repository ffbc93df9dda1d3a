import { describe, expect, test } from 'vitest';
import type { ConflictCard, ContextBar, MenuItem, RemedyRow } from '../../ipc/snapshot.ts';
import { API_KEY, KEY, type Given } from '../../testing/given.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { windowOf } from '../../testing/window-of.ts';
import { placeBook } from './place-book.ts';
import { menuActionOf, trayMenu, type MenuView } from './tray-menu.ts';

const BAR: ContextBar = {
  folder: { id: 'folder-1', label: '~/app', path: '/home/p/app' },
  recent: [],
  surface: 'terminal',
  surfaces: [{ id: 'terminal', label: 'Terminal' }],
  mode: 'print',
  modes: [],
  version: { text: 'Claude Code', title: '' },
};
const NOTHING: MenuView = {
  inspection: null,
  tray: null,
  waiting: 'Looking…',
  bar: BAR,
  conflicts: [],
  canChoose: false,
  toLogin: null,
  signIn: { organisations: [], isUnderWay: false, isClaude: false, isStopping: false },
  brief: null,
  calendar: { now: SOME_NOON, utcOffsetMinutes: 0 },
};
const remedy = (title: string, change: string | null): RemedyRow => ({
  key: title,
  title,
  note: null,
  place: null,
  change,
});
const card = (title: string, more: Partial<ConflictCard> = {}): ConflictCard => ({
  key: title,
  code: 'stale-key',
  mark: 'broken',
  severity: 'critical',
  title,
  cause: '',
  consequence: '',
  remedies: [],
  ...more,
});

/** What stands between the answer and the context, as “label → what it does”. */
function actionsOf(view: Partial<MenuView>): readonly string[] {
  return trayMenu({ ...NOTHING, ...view }).flatMap((item) => {
    if (item.kind !== 'action') return [];
    const { action } = item;
    if (action.do === 'change') return [`${item.label} → ${action.id}`];
    return action.do === 'ask-which' || item.key === 'conflict' ? [`${item.label} → ${action.do}`] : [];
  });
}

describe('The steps of the menu', () => {
  test('are none where nothing is to be done.', () => {
    expect(actionsOf({})).toEqual([]);
    expect(
      actionsOf({ conflicts: [card('A note', { severity: 'info', remedies: [remedy('Do it', 'x')] })] }),
    ).toEqual([]);
  });

  test('begin with the first of the worst that Credence can do, and lead to the rest.', () => {
    expect(
      actionsOf({
        conflicts: [
          card('A note', { severity: 'info', remedies: [remedy('Not this', 'change-9')] }),
          card('The key is refused', {
            remedies: [
              remedy('By hand', null),
              remedy('Clear it', 'change-1'),
              remedy('Or that', 'change-2'),
            ],
          }),
          card('Another', { remedies: [remedy('Later', 'change-3')] }),
        ],
        toLogin: { id: 'change-4', label: 'Use your Max login here…' },
        canChoose: true,
      }),
    ).toEqual([
      'Clear it… → change-1',
      'Use your Max login here… → change-4',
      'Which do you want to use?… → ask-which',
      'The key is refused… → open-window',
    ]);
  });

  test('lead to the worst alone when a person has to do it by hand.', () => {
    expect(
      actionsOf({ conflicts: [card('Ask your administrator', { remedies: [remedy('By hand', null)] })] }),
    ).toEqual(['Ask your administrator… → open-window']);
  });
});

const login = true as const;

test.each<[string, Given, boolean]>([
  ['a key stands in the way of the login', { shell: KEY, login, mode: 'print' }, true],
  ['a helper stands in its way', { helper: 'echo made-up', login, mode: 'print' }, true],
  [
    'a provider does',
    { shell: { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'made-up' }, login, mode: 'print' },
    true,
  ],
  [
    'a provider does whose credentials nobody can see',
    { shell: { CLAUDE_CODE_USE_BEDROCK: '1' }, login },
    true,
  ],
  ['a bare run uses none', { login, mode: 'bare' }, false],
  ['the login is used', { login, mode: 'print' }, false],
  ['there is no login', { shell: KEY, mode: 'print' }, false],
  ['only managed settings could take it away', { managed: KEY, login, mode: 'print' }, true],
])('Making the login win is offered as it should be when %s.', async (_, given, offered) => {
  const book = placeBook();
  const { snapshot } = await windowOf(given, { book });
  const item = snapshot.menu.find(({ key }) => key === 'to-login');
  expect(item !== undefined).toBe(offered);
  if (item?.kind !== 'action' || item.action.do !== 'change') return;
  expect(item.label).toMatch(/^Use .*login.* here…$/);
  expect(book.wishes.find(item.action.id)).toEqual({ kind: 'use', source: 'claude-login' });
});

/** With what is below. */
function flat(items: readonly MenuItem[]): readonly MenuItem[] {
  return items.flatMap((item) => (item.kind === 'menu' ? [item, ...flat(item.items)] : [item]));
}

test.each<[string, Given]>([
  ['nothing', {}],
  ['a key over a login', { shell: KEY, login, mode: 'print' }],
  [
    'everything',
    {
      shell: KEY,
      user: { ANTHROPIC_AUTH_TOKEN: 'made-up-token-0123456789' },
      helper: 'echo made-up-helper',
      login,
    },
  ],
])(
  'With %s every item has a key of its own, every action is found by it, and no secret is in it.',
  async (_, given) => {
    const book = placeBook();
    const { snapshot } = await windowOf(given, { book });
    const items = flat(snapshot.menu);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    for (const item of items) {
      if (item.kind === 'action') expect(menuActionOf(snapshot.menu, item.key)).toEqual(item.action);
      else expect(menuActionOf(snapshot.menu, item.key)).toBeNull();
      if (item.kind === 'action' && item.action.do === 'change')
        expect(book.wishes.find(item.action.id)).not.toBeNull();
      if (item.kind !== 'separator') expect(item.label).toMatch(/^\S(.*\S)?$/);
    }
    const text = JSON.stringify(snapshot.menu);
    for (const secret of [API_KEY, 'made-up-token', 'made-up-helper']) expect(text).not.toContain(secret);
    expect(menuActionOf(snapshot.menu, 'constructor')).toBeNull();
  },
);
