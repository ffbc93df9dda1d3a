import type {
  AnswerRow,
  ConflictCard,
  ContextBar,
  FoldedRow,
  Ladder,
  RungRow,
  Segment,
  Snapshot,
  Tone,
  VerdictMark,
} from '../../../shared/ipc/snapshot.ts';

/** Every credential, path and person here is made up. */

export const text = (words: string, tone: Tone = 'ink'): Segment => ({ kind: 'text', text: words, tone });
export const code = (word: string): Segment => ({ kind: 'code', text: word });
export const place = (label: string, id: string | null, title = label): Segment => ({
  kind: 'place',
  text: label,
  title,
  id,
});

export const row = (label: string, value: readonly Segment[], more: Partial<AnswerRow> = {}): AnswerRow => ({
  label,
  isCode: false,
  mark: null,
  value,
  isQuiet: false,
  ...more,
});
export const nothingIn = (header: string): AnswerRow =>
  row(header, [text('nothing', 'quiet')], { isCode: true, isQuiet: true });

export const folded = (label: string, onLine: boolean): FoldedRow => ({
  kind: 'folded',
  key: `not-set-${label}`,
  label,
  word: 'not set',
  onLine,
});

export const rung = (
  needed: Pick<RungRow, 'source' | 'title' | 'mark' | 'word'> & Partial<RungRow>,
): RungRow => ({
  kind: 'rung',
  key: needed.source,
  detail: null,
  tone: 'ink',
  place: null,
  note: null,
  wordPair: null,
  onLine: false,
  isEnd: false,
  reason: 'Nothing more is known about it.',
  rule: null,
  readings: [],
  remedies: [],
  ...needed,
});

export const maxLogin = (more: Partial<RungRow> = {}): RungRow =>
  rung({
    source: 'claude-login',
    title: 'Claude login',
    detail: { text: 'Max', isCode: false },
    mark: 'shadowed',
    tone: 'quiet',
    word: 'shadowed',
    note: 'Keychain, ends by 13 December',
    wordPair: 'calm-heron',
    reason: 'The API key stands above the Claude login, so the login is not used.',
    ...more,
  });

export const ladder = (
  rows: Ladder['rows'],
  end: string | null = 'Claude Code looks no further',
): Ladder => ({
  title: 'Where Claude Code looks, in order',
  rows,
  end,
});

export const conflict = (
  needed: Pick<ConflictCard, 'code' | 'title'> & Partial<ConflictCard>,
): ConflictCard => ({
  key: needed.code,
  mark: 'attention',
  severity: 'warning',
  cause: '',
  consequence: '',
  remedies: [],
  ...needed,
});

const DAYS = 30;
const WEEKS = new Map([
  [0, 'Today'],
  [7, '27 Nov'],
  [14, '4 Dec'],
  [21, '11 Dec'],
  [28, '18 Dec'],
]);
export const ticks = Array.from({ length: DAYS + 1 }, (_, day) => ({
  at: day / DAYS,
  label: WEEKS.get(day) ?? null,
}));

export function bar(
  marks: readonly [VerdictMark, VerdictMark, VerdictMark],
  more: Partial<ContextBar> = {},
): ContextBar {
  const says: Readonly<Record<VerdictMark, string>> = {
    fine: 'fine',
    metered: 'you pay per use',
    attention: 'needs attention',
    broken: 'broken',
    unknown: 'not known',
    nothing: 'nothing is sent',
  };
  return {
    folder: { id: 'folder-1', label: '~/code/ledger', path: '/home/petra/code/ledger' },
    recent: [
      { id: 'folder-2', label: '~/clients/…/payments', path: '/home/petra/clients/northwind/payments' },
      { id: 'folder-3', label: '~', path: '/home/petra' },
    ],
    surface: 'terminal',
    surfaces: [
      { id: 'terminal', label: 'Terminal' },
      { id: 'desktop', label: 'From the Dock' },
      { id: 'vscode', label: 'VS Code' },
      { id: 'scheduled', label: 'cron' },
      { id: 'container', label: 'Container' },
    ],
    mode: 'print',
    modes: [
      { id: 'interactive', label: 'Interactive', mark: marks[0], says: says[marks[0]] },
      { id: 'print', label: 'Print', mark: marks[1], says: says[marks[1]] },
      { id: 'bare', label: 'Bare', mark: marks[2], says: says[marks[2]] },
    ],
    version: { text: 'Claude Code 2.1.328', title: 'Installed at ~/.local/bin/claude' },
    ...more,
  };
}

const action = { kind: 'action', checked: null, enabled: true, accelerator: null } as const;

export const base: Snapshot = {
  revision: 1,
  phase: 'ready',
  looking: false,
  bar: bar(['fine', 'fine', 'nothing']),
  answer: null,
  failure: null,
  ladder: ladder([], null),
  conflicts: [],
  clocks: { title: 'Next 30 days', ticks, ends: [], quiet: null },
  notices: [],
  notes: [],
  menu: [
    { kind: 'text', key: 'state', label: 'Print in ledger: API key from ~/.zshrc:42 (metered)' },
    { kind: 'text', key: 'state-2', label: 'Your Max login is not used' },
    { kind: 'separator', key: 'line-1' },
    {
      kind: 'menu',
      key: 'folder',
      label: 'Folder',
      items: [
        {
          ...action,
          key: 'folder-2',
          label: '~/clients/…/payments',
          action: { do: 'folder', id: 'folder-2' },
          checked: false,
        },
        { ...action, key: 'choose', label: 'Choose…', action: { do: 'choose-folder' } },
      ],
    },
    {
      kind: 'menu',
      key: 'mode',
      label: 'Mode',
      items: [
        {
          ...action,
          key: 'mode-interactive',
          label: 'Interactive',
          action: { do: 'mode', mode: 'interactive' },
          checked: false,
        },
        {
          ...action,
          key: 'mode-print',
          label: 'Print',
          action: { do: 'mode', mode: 'print' },
          checked: true,
        },
      ],
    },
    { ...action, key: 'refresh', label: 'Refresh', action: { do: 'refresh' }, accelerator: '⌘R' },
    { kind: 'separator', key: 'line-2' },
    {
      ...action,
      key: 'settings',
      label: 'Settings…',
      action: { do: 'open-window', screen: 'settings' },
      accelerator: '⌘,',
    },
    { ...action, key: 'quit', label: 'Quit Credence', action: { do: 'quit' }, accelerator: '⌘Q' },
  ],
  matrix: null,
  task: null,
  signIn: null,
  doors: [],
  changes: null,
  canChoose: false,
  keyCheck: null,
  canCheckKey: false,
  settings: {
    launchAtLogin: { on: false, available: true, why: null },
    notices: [
      {
        id: 'metered',
        label: 'When you begin to pay per use',
        note: 'For the folder and mode shown.',
        on: true,
      },
      {
        id: 'winner-changed',
        label: 'When another credential wins',
        note: 'For the folder and mode shown.',
        on: false,
      },
      {
        id: 'login-ending',
        label: 'Before a login ends',
        note: 'Three days before the first day on which it may end.',
        on: true,
      },
    ],
    providers: {
      rows: [],
      faults: [],
      file: { label: '~/.config/credence/providers.json', place: null },
      command: 'credence providers --add',
    },
    dataFolder: '~/.config/credence',
    removed: false,
    appVersion: '0.1.0',
  },
};
