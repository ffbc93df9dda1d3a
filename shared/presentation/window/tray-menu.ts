import { MODES } from '../../core/context.ts';
import { answeredVerdict } from '../../core/settle-ladder.ts';
import type { ContextBar, MenuItem } from '../../ipc/snapshot.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { STATE_MARKS } from '../marks.ts';
import { MODE_LABELS } from '../mode-words.ts';
import { readingLabel } from '../origin-label.ts';
import { fullTitle } from '../source-label.ts';
import type { ConflictCard } from '../../ipc/snapshot.ts';
import type { Calendar } from '../days.ts';
import { signInLines, signInMenu, type SignInMenu } from './sign-in-menu.ts';
import { action, separator, submenu, text, type MenuActionItem } from './menu-items.ts';
import type { TrayView } from './tray-view.ts';

export interface MenuView {
  /** `null` before the first look. */
  readonly inspection: Inspection | null;
  readonly tray: TrayView | null;
  /** Told while there is no answer. */
  readonly waiting: string;
  readonly bar: ContextBar;
  readonly conflicts: readonly ConflictCard[];
  /** There is something to choose between. */
  readonly canChoose: boolean;
  /** The way to make the login win; `null`: it does already, or cannot. */
  readonly toLogin: { readonly id: string; readonly label: string } | null;
  readonly signIn: SignInMenu;
  /** Of a sign-in on its way, or of what became of it: one line. */
  readonly brief: string | null;
  readonly calendar: Calendar;
}

/** The menu as the complete interface: everything can be done from here, with or without a window. */
export function trayMenu(view: MenuView): readonly MenuItem[] {
  const { inspection, tray, waiting, bar } = view;
  return [
    { kind: 'text', key: 'state', label: tray?.line ?? waiting },
    ...(tray?.second == null ? [] : [text('second', tray.second)]),
    separator('after-state'),
    ...signInLines(view.signIn, view.brief),
    ...actions(view),
    ...(inspection === null ? [] : [...rungs(inspection), separator('after-ladder')]),
    submenu('log-in', 'Log in', signInMenu(view.signIn, inspection, view.calendar)),
    submenu('folder', `Folder: ${bar.folder.label}`, folderItems(bar)),
    submenu('surface', `Started from: ${surfaceLabel(bar)}`, surfaceItems(bar)),
    submenu('mode', `Mode: ${MODE_LABELS[bar.mode]}`, modeItems(bar)),
    action('refresh', inspection === null ? 'Look now' : 'Refresh', { do: 'refresh' }, 'CmdOrCtrl+R'),
    separator('after-context'),
    action('open', 'Open Credence', { do: 'open-window', screen: 'answer' }),
    action('all-modes', 'All modes and places…', { do: 'open-window', screen: 'matrix' }),
    action('changes', 'Changes…', { do: 'open-window', screen: 'changes' }),
    action('settings', 'Settings…', { do: 'open-window', screen: 'settings' }, 'CmdOrCtrl+,'),
    action('quit', 'Quit Credence', { do: 'quit' }, 'CmdOrCtrl+Q'),
  ];
}

/** The most useful step first: what puts the worst conflict right. Each leads to a plan; nothing is changed from a menu. */
function actions({ conflicts, canChoose, toLogin }: MenuView): readonly MenuItem[] {
  const [worst] = conflicts.filter(({ severity }) => severity !== 'info');
  const remedy = worst?.remedies.find(({ change }) => change !== null);
  const items: readonly MenuItem[] = [
    ...(remedy?.change == null
      ? []
      : [action('remedy', `${remedy.title}…`, { do: 'change', id: remedy.change })]),
    ...(toLogin === null ? [] : [action('to-login', toLogin.label, { do: 'change', id: toLogin.id })]),
    ...(canChoose ? [action('ask-which', 'Which do you want to use?…', { do: 'ask-which' })] : []),
    ...(worst === undefined
      ? []
      : [action('conflict', `${worst.title}…`, { do: 'open-window', screen: 'answer' })]),
  ];
  return items.length === 0 ? [] : [...items, separator('after-actions')];
}

function rungs({ ladder, facts, verdict }: Inspection): readonly MenuItem[] {
  const provider = answeredVerdict(verdict).provider;
  const shown = ladder.filter(({ state }) => state !== 'absent');
  const rows = shown.map(({ source, state, readings: [first] }) => {
    const place =
      first === undefined || source === 'claude-login' ? '' : `, ${readingLabel(first.reading, facts, 30)}`;
    const { mark, word } = STATE_MARKS[state];
    return text(`rung-${source}`, `${mark} ${fullTitle(source, facts, provider)}${place}: ${word}`);
  });
  const others = ladder.length - shown.length;
  return others === 0
    ? rows
    : [
        ...rows,
        text('not-set', `${String(others)} ${shown.length === 0 ? 'sources' : 'others'} are not set`),
      ];
}

function folderItems({ folder, recent }: ContextBar): readonly MenuItem[] {
  return [
    { ...action('folder-now', folder.label, { do: 'folder', id: folder.id }), checked: true },
    ...recent.map(({ id, label }) => action(`folder-${id}`, label, { do: 'folder', id })),
    separator('before-choose'),
    action('choose', 'Choose…', { do: 'choose-folder' }),
  ];
}

const surfaceLabel = ({ surface, surfaces }: ContextBar): string =>
  surfaces.find(({ id }) => id === surface)?.label ?? surface;

function surfaceItems({ surface, surfaces }: ContextBar): readonly MenuItem[] {
  return surfaces.map(({ id, label }) => ({
    ...action(`surface-${id}`, label, { do: 'surface', surface: id }),
    checked: id === surface,
  }));
}

function modeItems({ mode, modes }: ContextBar): readonly MenuItem[] {
  return MODES.filter((id) => modes.some((tab) => tab.id === id)).map((id) => ({
    ...action(`mode-${id}`, MODE_LABELS[id], { do: 'mode', mode: id }),
    checked: id === mode,
  }));
}

/** The action behind a key; `null` when the menu has none such. */
export function menuActionOf(items: readonly MenuItem[], key: string): MenuActionItem['action'] | null {
  for (const item of items) {
    if (item.kind === 'action' && item.key === key) return item.action;
    if (item.kind === 'menu') {
      const found = menuActionOf(item.items, key);
      if (found !== null) return found;
    }
  }
  return null;
}
