import type {
  AfterRow,
  ChangeRow,
  ChangesPanel,
  ChoiceOption,
  DiffRow,
  DoneTask,
  PlanNote,
  PlanTask,
  QuestionTask,
} from '../../../shared/ipc/change-snapshot.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { hard } from './hard.ts';

const inMode = (
  mode: AfterRow['mode'],
  label: string,
  mark: AfterRow['mark'],
  value: string,
  was: string,
) => ({
  mode,
  label,
  mark,
  value,
  was,
});
const AFTER_LOGIN: readonly AfterRow[] = [
  inMode('interactive', 'Interactive', 'wins', 'Max login', 'as now'),
  inMode('print', 'Print', 'next', 'Max login', 'was API key'),
  inMode('bare', 'Bare', 'absent', 'not logged in', 'was API key'),
];
const AFTER_KEY: readonly AfterRow[] = [
  inMode('interactive', 'Interactive', 'next', 'API key', 'was Max login'),
  inMode('print', 'Print', 'wins', 'API key', 'as now'),
  inMode('bare', 'Bare', 'wins', 'API key', 'as now'),
];

export const useLogin: ChoiceOption = {
  id: 'use-login',
  title: 'Max login',
  wordPair: 'calm-heron',
  text: 'petra@example.com. Included in your subscription. Ends 10 to 13 December.',
  afterTitle: 'With the Max login',
  after: AFTER_LOGIN,
  note: 'Bare runs never use a login. If you need them, keep the key for them with credence run.',
  footer: 'Changes 1 line in 1 file',
  hasPlan: true,
};
const useKey: ChoiceOption = {
  id: 'use-key',
  title: 'API key from ~/.zshrc:42',
  wordPair: 'quiet-otter',
  text: 'You pay per use. Interactive sessions have to be told to accept it.',
  afterTitle: 'With the API key',
  after: AFTER_KEY,
  note: null,
  footer: 'Changes 1 answer in ~/.claude.json',
  hasPlan: true,
};
const leaveIt: ChoiceOption = {
  id: 'leave-it',
  title: 'Leave it as it is',
  wordPair: null,
  text: 'Max login in sessions, the key in print runs. Credence stops asking about this folder.',
  afterTitle: 'As it is',
  after: AFTER_KEY.map((row) => ({ ...row, mark: 'wins', was: 'as now' })),
  note: null,
  footer: 'Changes nothing',
  hasPlan: false,
};

const questionTask: QuestionTask = {
  kind: 'question',
  title: 'Which do you want to use?',
  lead: 'For Claude Code in ~/code/ledger. Both are set, and print runs take the key.',
  options: [useLogin, useKey, leaveIt],
  chosen: 'use-login',
};

const line = (kind: DiffRow['kind'], number: number, text: string): DiffRow => ({ kind, number, text });
const LINES: readonly DiffRow[] = [
  line('context', 41, '# ledger import job'),
  line('removed', 42, 'export ANTHROPIC_API_KEY=••••••••'),
  line('added', 42, '# credence 7f3a: export ANTHROPIC_API_KEY=••••••••'),
  line('context', 43, 'export EDITOR=nvim'),
];

const TERMINALS: PlanNote = {
  key: 'terminals',
  mark: 'attention',
  title: '3 open terminals',
  text: 'They keep the key until you close them. Print runs started there still use it.',
  include: null,
};
const LAUNCHD: PlanNote = {
  key: 'launchd',
  mark: 'shadowed',
  title: 'launchd, your session',
  text: 'Another key, slate-finch. Apps started from the Dock still use it.',
  include: 'include-1',
};
const DOT_ENV: PlanNote = {
  key: 'env',
  mark: 'ignored',
  title: '~/code/ledger/.env:3',
  text: 'The same key. Claude Code does not read this file.',
  include: 'include-2',
};

export const planTask: PlanTask = {
  kind: 'plan',
  planId: 'plan-1',
  title: 'Clear the API key from ~/.zshrc',
  lead: 'One line changes. Nothing is written until you say so.',
  steps: [{ key: 'step-1', place: '~/.zshrc', what: 'comments out line 42', hunks: [{ lines: LINES }] }],
  notes: ['The key stays readable in the comment.'],
  otherWay: { label: 'Delete the line instead', remove: true },
  remains: [TERMINALS, LAUNCHD],
  left: [DOT_ENV],
  after: AFTER_LOGIN,
  action: 'Clear from ~/.zshrc',
  working: false,
  problem: null,
  hasQuestion: true,
};

const DEEP = `~/${'clients/a-rather-long-name/'.repeat(7)}.config/environment.d/claude.conf`;
/** Words as German makes them; nothing in them may be broken by a hyphen that is not there. */
const LONG_WORDS = 'Anmeldeinformationsschlüsselbundverwaltungseinstellungen werden unverändert beibehalten.';
const LONG_LINE = `export ANTHROPIC_CUSTOM_HEADERS="${'x-gateway-department: payments-and-ledgers, '.repeat(3)}"`;

const manyTask: PlanTask = {
  ...planTask,
  title: `Clear the API key from ${DEEP} and 29 other places`,
  lead: LONG_WORDS,
  steps: Array.from({ length: 30 }, (_, at) => ({
    key: `step-${String(at)}`,
    place: at % 3 === 0 ? DEEP : `~/.profile-${String(at)}`,
    what: at % 4 === 0 ? LONG_WORDS : `comments out line ${String(at + 12_040)}`,
    hunks: [
      { lines: LINES.map((one) => ({ ...one, number: one.number + 12_000 })) },
      {
        lines: [
          line('removed', 99_998, LONG_LINE),
          line('added', 99_999, LONG_LINE.replaceAll(/[ ",]/gu, '_')),
        ],
      },
    ].slice(0, at === 0 ? 2 : at % 10 === 1 ? 0 : 1),
  })),
  notes: ['The key stays readable in the comments.', LONG_WORDS],
  remains: Array.from({ length: 6 }, (_, at) => ({ ...LAUNCHD, key: `remains-${String(at)}` })),
  left: [{ ...DOT_ENV, title: DEEP, text: LONG_WORDS }],
  after: AFTER_LOGIN.map((row) => ({ ...row, value: LONG_WORDS, was: 'war Anmeldeinformationsschlüssel' })),
  action: `Clear from ${DEEP}`,
};

export const doneTask: DoneTask = {
  kind: 'done',
  changeId: 'done-1',
  title: 'The API key is cleared from ~/.zshrc',
  lead: 'Print runs now use your Max login.',
  still: [TERMINALS],
  after: AFTER_LOGIN,
  working: false,
  undone: false,
  problem: null,
};

const change = (id: string, title: string, more: Partial<ChangeRow> = {}): ChangeRow => ({
  id,
  title,
  date: '20 November, 14:03',
  word: 'done',
  undoable: true,
  working: false,
  ...more,
});
const FOOTER = 'Kept for 90 days, 50 at most.';

const ROWS: readonly ChangeRow[] = [
  change('row-1', 'Cleared the API key in ~/.zshrc'),
  change('row-2', 'Cleared the API key in ~/.config/fish/config.fish', { date: '18 November, 09:41' }),
  change('row-3', 'Moved the auth token in ~/.claude/settings.json to the keychain', {
    date: '2 November, 17:20',
    word: 'undone',
    undoable: false,
  }),
];

const refusedPanel: ChangesPanel = {
  rows: ROWS,
  refused: {
    id: 'row-1',
    text: 'Not undone: ~/.zshrc was changed after Credence changed it. Nothing was written.',
    views: [
      {
        path: '~/.zshrc',
        credence: [{ lines: LINES }],
        since: [
          {
            lines: [
              line('context', 41, '# ledger import job'),
              line('removed', 42, '# credence 7f3a: export ANTHROPIC_API_KEY=••••••••'),
              line('added', 42, `export ANTHROPIC_API_KEY="$(${'pass show work/anthropic '.repeat(4)})"`),
            ],
          },
        ],
      },
      { path: DEEP, credence: [{ lines: LINES }], since: [] },
    ],
  },
  footer: FOOTER,
};

const MARKUP = '<img src=x onerror="window.harmed=true"><script>window.harmed=true</script>';
const TURNED = '\u202Egnp.cod \u05E9\u05DC\u05D5\u05DD';
const ENDLESS = 'x'.repeat(2048);
const hostileTask: PlanTask = {
  ...planTask,
  title: `Clear ${TURNED}${MARKUP}`,
  lead: ENDLESS,
  steps: [
    {
      key: 'step-1',
      place: `${TURNED}${MARKUP}`,
      what: ENDLESS,
      hunks: [{ lines: [line('removed', 1, `${TURNED}${MARKUP}`), line('added', 1_000_000, ENDLESS)] }],
    },
  ],
  notes: [TURNED],
  otherWay: { label: MARKUP, remove: false },
  remains: [{ ...LAUNCHD, title: ENDLESS, text: TURNED }],
  left: [{ ...DOT_ENV, title: `/${TURNED}`, text: MARKUP }],
  after: AFTER_LOGIN.map((row) => ({ ...row, label: ENDLESS, value: TURNED, was: MARKUP })),
  action: `${TURNED}${ENDLESS}`,
  problem: MARKUP,
};

const during = (task: Snapshot['task']): Snapshot => ({ ...hard, canChoose: true, task });
const whileShown = (changes: ChangesPanel): Snapshot => ({ ...hard, changes });

export const canChoose: Snapshot = { ...hard, canChoose: true };
export const question = during(questionTask);
export const questionOfKey = during({ ...questionTask, chosen: 'use-key' });
export const questionOfLeaving = during({ ...questionTask, chosen: 'leave-it' });
export const plan = during(planTask);
export const planOfMany = during(manyTask);
export const planOfNothing = during({
  ...planTask,
  title: 'There is nothing to clear',
  lead: 'ANTHROPIC_API_KEY is set only in places that Credence does not change.',
  steps: [],
  notes: [],
  otherWay: null,
  after: [],
  action: null,
});
export const planWorking = during({ ...planTask, working: true });
export const planProblem = during({
  ...planTask,
  problem: '~/.zshrc was changed by another program while you read this. Nothing was written; plan it anew.',
});
export const done = during(doneTask);
export const doneNotUndone = during({
  ...doneTask,
  problem: 'Not undone: ~/.zshrc was changed after Credence changed it.',
});
export const undone = during({
  ...doneTask,
  title: 'The API key is back in ~/.zshrc',
  lead: 'Print runs send the API key again, not your Max login.',
  after: AFTER_KEY,
  still: [],
  undone: true,
});
export const hostileChange = during(hostileTask);
export const changesEmpty = whileShown({ rows: [], refused: null, footer: FOOTER });
export const changesMany = whileShown({
  rows: [
    ...ROWS,
    change('row-4', `Cleared the API key in ${DEEP}`, { working: true }),
    ...Array.from({ length: 20 }, (_, at) => change(`old-${String(at)}`, `${LONG_WORDS} ${String(at)}`)),
  ],
  refused: null,
  footer: FOOTER,
});
export const changesRefused = whileShown(refusedPanel);
export const keyRefused: Snapshot = {
  ...hard,
  canCheckKey: true,
  keyCheck: { state: 'stale', text: 'Anthropic refused this key at 14:03.' },
};
