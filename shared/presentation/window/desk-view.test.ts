import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { SURFACES, SURFACE_MODES } from '../../core/context.ts';
import { COMMANDS } from '../../ipc/contract.ts';
import { NOTICE_KINDS, type MenuItem } from '../../ipc/snapshot.ts';
import { KEY, type Given } from '../../testing/given.ts';
import { AN_APP, deskStateOf, windowOf, type WindowOptions } from '../../testing/window-of.ts';
import { FIRST_PREFERENCES } from '../../usecases/desk/preferences.ts';
import { plainText } from './segments.ts';
import { menuActionOf } from './tray-menu.ts';

const METERED: Given = { mode: 'interactive', login: true, user: KEY, answered: 'approved' };

describe('Notices', () => {
  test.each<[string, WindowOptions, readonly string[]]>([
    ['nothing is amiss', {}, []],
    ['the window came to an end', { app: { crashes: 2 } }, ['window-2']],
    ['the desktop draws no tray', { app: { trayless: true } }, ['no-tray']],
    ['there are no more watches', { state: { watching: 'limited' } }, ['watch-limit']],
    ['nothing can be kept', { state: { keeps: false } }, ['nothing-kept']],
    ['own data is removed', { state: { removed: true, phase: 'first-run', look: null } }, ['data-removed']],
    [
      'all of it, except what was put away',
      {
        app: { crashes: 1, trayless: true },
        state: {
          watching: 'limited',
          keeps: false,
          preferences: { ...FIRST_PREFERENCES, dismissed: ['no-tray', 'window-2'] },
        },
      },
      ['window-1', 'watch-limit', 'nothing-kept'],
    ],
  ])('tell when %s.', async (_, options, keys) => {
    const { snapshot } = await windowOf({}, options);
    expect(snapshot.notices.map(({ key }) => key)).toEqual(keys);
    for (const { key, title, text } of snapshot.notices) {
      v.parse(COMMANDS.dismissNotice, [key]);
      expect([title, text].every((words) => words.length > 10)).toBe(true);
    }
  });
});

describe('The settings', () => {
  test('show every kind of notification as it is set.', async () => {
    const preferences = { ...FIRST_PREFERENCES, notices: { ...FIRST_PREFERENCES.notices, metered: false } };
    const { settings } = (await windowOf({}, { state: { preferences } })).snapshot;
    expect(settings.notices.map(({ id, on }) => [id, on])).toEqual([
      ['metered', false],
      ['winner-changed', false],
      ['login-ending', true],
    ]);
    expect(settings.notices.map(({ id }) => id)).toEqual(NOTICE_KINDS);
  });

  test.each([
    [
      { launchAtLogin: { on: true, obstacle: null } },
      { launchAtLogin: { on: true, available: true, why: null } },
    ],
    [
      { launchAtLogin: { on: false, obstacle: 'Not here.' } },
      { launchAtLogin: { on: false, available: false, why: 'Not here.' } },
    ],
    [{ dataFolder: null }, { dataFolder: 'nowhere: there is no home folder to keep anything in' }],
    [{}, { dataFolder: AN_APP.dataFolder, appVersion: '0.1.0', removed: false }],
  ])('say of the app %j what is so.', async (app, expected) => {
    expect((await windowOf({}, { app })).snapshot.settings).toMatchObject(expected);
  });
});

describe('Before the first look', () => {
  test('nothing is said of any credential, and everything can be reached.', async () => {
    const { snapshot, tray } = await windowOf(METERED, { state: { look: null, phase: 'first-run' } });
    expect(tray).toBe(null);
    expect(snapshot).toMatchObject({
      phase: 'first-run',
      answer: null,
      conflicts: [],
      notes: [],
      matrix: null,
      failure: null,
      ladder: { rows: [], end: null },
    });
    expect(snapshot.bar.modes.map(({ mark }) => mark)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(snapshot.menu[0]).toMatchObject({ label: 'Credence has not looked yet' });
    expect(snapshot.menu.find(({ key }) => key === 'refresh')).toMatchObject({ label: 'Look now' });
  });
});

test('A look that failed is told in general words, above what was known.', async () => {
  const { failure } = (await windowOf(METERED, { state: { phase: 'failed' } })).snapshot;
  expect(failure?.happened).toBe('Credence could not finish looking.');
});

describe('The bar', () => {
  test.each(SURFACES)('offers the modes that can be run from %s.', async (surface) => {
    const [mode = 'print'] = SURFACE_MODES[surface];
    const { bar } = (await windowOf({ mode }, { surface })).snapshot;
    expect(bar.modes.map(({ id }) => id)).toEqual(SURFACE_MODES[surface]);
    expect(bar.modes.map(({ id }) => id)).toContain(bar.mode);
  });

  test('says which version the answer is for, and where that is known from.', async () => {
    const { look } = await deskStateOf({});
    const say = async (from: 'installed' | 'assumed' | 'flag'): Promise<unknown> => {
      const claudeCode = { version: '2.1.300', from };
      const state = { look: look === null ? null : { ...look, claudeCode } };
      return (await windowOf({}, { state })).snapshot.bar.version;
    };
    expect(await say('installed')).toEqual({ text: 'Claude Code 2.1.300', title: 'The installed version' });
    expect(await say('assumed')).toMatchObject({ text: 'Claude Code 2.1.300?' });
    expect(await say('flag')).toMatchObject({ title: 'As asked for' });
  });

  test.each([
    ['/', 'Claude Code in /: '],
    ['~', 'Claude Code in your home: '],
    ['~/clients/…/payments', 'Claude Code in payments: '],
    ['/srv/odd\\name', 'Claude Code in odd\\name: '],
    ['C:\\', 'Claude Code in C:\\: '],
    ['C:\\Users\\p\\app', 'Claude Code in app: '],
  ])('calls the folder %s by its name in the tray.', async (label, start) => {
    const folder = { id: 'folder-1', label, path: label };
    const { tray } = await windowOf({ mode: 'interactive', login: true }, { state: { folder } });
    expect(tray?.line.startsWith(start)).toBe(true);
  });
});

describe('The menu', () => {
  test('begins with the state and what is to be done about it, and ends with quitting.', async () => {
    const { menu, conflicts } = (await windowOf(METERED)).snapshot;
    const label = (item: MenuItem): string => (item.kind === 'separator' ? '-' : item.label);
    expect(menu.map(label)).toEqual([
      'Claude Code in app: API key fr…ude/settings.json:1 (metered)',
      'Your Max login is not used',
      '-',
      `${conflicts[0]?.remedies[0]?.title ?? ''}…`,
      'Use your Max login here…',
      'Which do you want to use?…',
      'You pay twice…',
      '-',
      '● API key, ~/.claude/settings.json:1: wins',
      '○ Max login: shadowed',
      '10 others are not set',
      '-',
      'Log in',
      'Folder: ~/app',
      'Started from: Terminal',
      'Mode: Interactive',
      'Refresh',
      '-',
      'Open Credence',
      'All modes and places…',
      'Changes…',
      'Settings…',
      'Quit Credence',
    ]);
  });

  test.each([
    ['refresh', { do: 'refresh' }],
    ['mode-print', { do: 'mode', mode: 'print' }],
    ['folder-folder-2', { do: 'folder', id: 'folder-2' }],
    ['choose', { do: 'choose-folder' }],
    ['all-modes', { do: 'open-window', screen: 'matrix' }],
    ['quit', { do: 'quit' }],
    ['folder', null],
    ['state', null],
    ['constructor', null],
    ['', null],
  ])('finds what %j does.', async (key, action) => {
    expect(menuActionOf((await windowOf(METERED)).snapshot.menu, key)).toEqual(action);
  });

  test('marks the folder, the surface and the mode that are chosen.', async () => {
    const { menu } = (await windowOf(METERED)).snapshot;
    const checked = menu.flatMap((item) =>
      item.kind === 'menu' ? item.items.filter((inner) => inner.kind === 'action' && inner.checked) : [],
    );
    expect(checked.map(({ key }) => key)).toEqual(['folder-now', 'surface-terminal', 'mode-interactive']);
  });
});

describe('The tray', () => {
  test('says nothing of a folder that has not been answered for, or whose look failed.', async () => {
    for (const [state, line] of [
      [{ isAnswered: false }, 'Looking in app…'],
      [{ phase: 'failed' }, 'Credence could not finish looking'],
    ] as const) {
      const { tray, tooltip, snapshot } = await windowOf(METERED, { state });
      expect([tray, tooltip]).toEqual([null, line]);
      expect(snapshot.menu[0]).toMatchObject({ label: line });
      expect(snapshot.menu.some(({ key }) => key.startsWith('rung-') || key === 'remedy')).toBe(false);
      expect(snapshot.bar.modes.map(({ mark }) => mark)).toEqual(['unknown', 'unknown', 'unknown']);
    }
  });

  test('names the surface where it is not the terminal.', async () => {
    const { tray } = await windowOf({ ...METERED, mode: 'print' }, { surface: 'scheduled' });
    expect(tray?.line).toContain('(Scheduled) in app');
  });
});

describe('All modes and places', () => {
  test('are shown while they are open: a cell for each that can be run.', async () => {
    const { matrix } = (await windowOf(METERED, { withMatrix: true })).snapshot;
    expect(
      matrix?.rows.map(({ surface, cells }) => [surface, cells.map((cell) => cell?.mode ?? null)]),
    ).toEqual(
      SURFACES.map((surface) => [
        surface,
        (['interactive', 'print', 'bare'] as const).map((mode) =>
          SURFACE_MODES[surface].includes(mode) ? mode : null,
        ),
      ]),
    );
    const marks = new Set(matrix?.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.mark ?? [])));
    expect(new Set(matrix?.legend.map(({ mark }) => mark))).toEqual(marks);
    expect(plainText(matrix?.title ?? [])).toBe('What is sent in ~/app');
    expect(matrix?.footer).toBe('Claude Code 2.1.328, looked at 12:00');
    expect(matrix?.text).toContain('API key');
  });

  test('are not shown when they are closed, or not looked at yet.', async () => {
    expect((await windowOf({}, { withMatrix: true, state: { matrixOpen: false } })).snapshot.matrix).toBe(
      null,
    );
    expect((await windowOf({}, { state: { matrixOpen: true } })).snapshot.matrix).toBe(null);
  });
});
