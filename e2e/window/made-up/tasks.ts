import type { MatrixCell, Snapshot } from '../../../shared/ipc/snapshot.ts';
import { hard } from './hard.ts';
import { bar, base, code, place, text } from './pieces.ts';

export const firstRun: Snapshot = {
  ...base,
  phase: 'first-run',
  bar: bar(['unknown', 'unknown', 'unknown'], { recent: [] }),
};

export const failed: Snapshot = {
  ...hard,
  phase: 'failed',
  failure: {
    happened: 'Credence could not read this folder.',
    means: 'The disk did not answer for 30 seconds, so nothing is known about this folder.',
    advice: 'See that the disk is there, then look again.',
    reference: 'look-4f1c',
  },
};

const maxCell: MatrixCell = {
  mode: 'interactive',
  mark: 'fine',
  label: 'Max login',
  wordPair: null,
  sentence: [text('Uses your Max login. Included in your subscription.')],
};
const asksCell: MatrixCell = {
  mode: 'interactive',
  mark: 'attention',
  label: 'asks first',
  wordPair: 'slate-finch',
  sentence: [text('Asks whether to use the API key of your session.')],
};
const keyCell = (mode: 'print' | 'bare', wordPair: string): MatrixCell => ({
  mode,
  mark: 'metered',
  label: 'API key',
  wordPair,
  sentence: [
    text('Sends the API key from '),
    place('~/.zshrc:42', 'place-1'),
    text('. You pay per use, although your Max login could do the work.'),
  ],
});

export const matrix: Snapshot = {
  ...hard,
  matrix: {
    title: [text('What is sent in '), code('~/code/ledger')],
    modes: [
      { id: 'interactive', label: 'Interactive' },
      { id: 'print', label: 'Print' },
      { id: 'bare', label: 'Bare' },
    ],
    rows: [
      {
        surface: 'terminal',
        label: 'Terminal',
        cells: [maxCell, keyCell('print', 'quiet-otter'), keyCell('bare', 'quiet-otter')],
      },
      {
        surface: 'desktop',
        label: 'From the Dock',
        cells: [asksCell, keyCell('print', 'slate-finch'), null],
      },
      { surface: 'vscode', label: 'VS Code', cells: [asksCell, null, null] },
      {
        surface: 'scheduled',
        label: 'cron',
        cells: [
          null,
          {
            mode: 'print',
            mark: 'unknown',
            label: 'not known',
            wordPair: null,
            sentence: [text('The Keychain may be locked when cron runs, so this is not known.')],
          },
          {
            mode: 'bare',
            mark: 'nothing',
            label: 'nothing',
            wordPair: null,
            sentence: [text('Nothing is sent.')],
          },
        ],
      },
    ],
    legend: [
      { mark: 'fine', says: 'subscription' },
      { mark: 'metered', says: 'you pay per use' },
      { mark: 'attention', says: 'a question comes first' },
      { mark: 'unknown', says: 'not known: the Keychain may be locked' },
      { mark: 'nothing', says: 'nothing is sent' },
    ],
    footer: 'Claude Code 2.1.328, looked at 14:03',
    text: 'What is sent in ~/code/ledger',
  },
};

export const settings: Snapshot = {
  ...hard,
  settings: {
    ...hard.settings,
    launchAtLogin: {
      on: false,
      available: false,
      why: 'Not available: this copy of Credence runs from a folder, not from an installed package.',
    },
  },
};
