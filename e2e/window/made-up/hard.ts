import type { RungRow, Snapshot } from '../../../shared/ipc/snapshot.ts';
import {
  bar,
  base,
  code,
  conflict,
  folded,
  ladder,
  maxLogin,
  nothingIn,
  place,
  row,
  rung,
  text,
  ticks,
} from './pieces.ts';

const ZSHRC = place('~/.zshrc:42', 'place-1', '/home/petra/.zshrc:42');

export const apiKey = (more: Partial<RungRow> = {}): RungRow =>
  rung({
    source: 'api-key',
    title: 'API key',
    detail: { text: 'ANTHROPIC_API_KEY', isCode: true },
    mark: 'wins',
    tone: 'amber',
    word: 'wins',
    place: ZSHRC,
    wordPair: 'quiet-otter',
    onLine: true,
    isEnd: true,
    reason:
      'A print run takes any API key it finds and does not ask. The key stands above the Claude login, so the login is not used.',
    rule: {
      id: 'x-api-key/key-over-login',
      says: 'An API key is sent instead of a Claude login.',
      evidence: 'measured with 2.1.73 to 2.1.328.',
    },
    readings: [
      {
        key: 'reading-1',
        mark: 'wins',
        tone: 'amber',
        word: 'wins',
        place: ZSHRC,
        wordPair: 'quiet-otter',
        why: 'Exported by your login shell. This one is used.',
      },
      {
        key: 'reading-2',
        mark: 'shadowed',
        tone: 'quiet',
        word: 'shadowed',
        place: text('launchd, your session'),
        wordPair: 'slate-finch',
        why: 'Another key. Reaches only apps started from the Dock.',
      },
      {
        key: 'reading-3',
        mark: 'ignored',
        tone: 'quiet',
        word: 'ignored',
        place: place('~/code/ledger/.env:3', 'place-2'),
        wordPair: 'quiet-otter',
        why: 'The same key. Claude Code does not read this file.',
      },
    ],
    remedies: [
      {
        key: 'remedy-1',
        title: 'Clear ANTHROPIC_API_KEY from ~/.zshrc:42',
        note: 'Print runs then use your Max login.',
        place: 'place-1',
        change: 'change-1',
      },
      {
        key: 'remedy-2',
        title: 'Cancel ANTHROPIC_API_KEY with an empty value in your user settings',
        note: 'Other programs keep it.',
        place: 'place-3',
        change: null,
      },
    ],
    ...more,
  });

/** A key beats the Max login in print runs. */
export const hard: Snapshot = {
  ...base,
  bar: bar(['fine', 'metered', 'metered']),
  answer: {
    mark: 'metered',
    sentence: [text('Print runs send the API key from '), ZSHRC, text(', not your Max login.')],
    consequence: [text('You pay per use', 'amber'), text(', on top of Max.')],
    rows: [
      row('x-api-key', [text('API key '), code('quiet-otter')], { isCode: true }),
      nothingIn('Authorization'),
      row('Interactive', [text('your Max login; this key is declined there')]),
    ],
    excerpt: null,
  },
  ladder: ladder([
    folded('Gateway, cloud, custom headers, auth token', true),
    apiKey(),
    folded('Helper, OAuth token, profile, federation', false),
    maxLogin(),
    folded('Console key', false),
  ]),
  conflicts: [
    conflict({
      code: 'metered-over-subscription',
      mark: 'metered',
      title: 'You pay twice',
      cause: 'Print runs bill this key.',
      consequence: 'Your Max login could do the work.',
      remedies: [
        {
          key: 'clear',
          title: 'Clear ANTHROPIC_API_KEY from ~/.zshrc:42',
          note: null,
          place: 'place-1',
          change: 'change-1',
        },
        {
          key: 'cancel',
          title: 'Cancel ANTHROPIC_API_KEY with an empty value in your user settings',
          note: null,
          place: 'place-3',
          change: null,
        },
      ],
    }),
    conflict({
      code: 'key-declined',
      severity: 'info',
      mark: 'nothing',
      title: 'Interactive sessions ignore this key',
      cause: 'You declined it once.',
      consequence: 'They use your Max login and say nothing about it.',
    }),
  ],
  clocks: {
    title: 'Next 30 days',
    ticks,
    ends: [
      {
        key: 'login',
        says: 'Max login ends, 10 to 13 December',
        from: 20 / 30,
        to: 23 / 30,
        tone: 'ink',
      },
    ],
    quiet: 'Access token renews itself',
  },
};

/** Nothing to decide. */
export const calm: Snapshot = {
  ...base,
  bar: bar(['fine', 'fine', 'nothing'], { mode: 'interactive' }),
  answer: {
    mark: 'fine',
    sentence: [text('Claude Code uses your Max login.')],
    consequence: [text('Included in your subscription.')],
    rows: [
      row('Authorization', [text('Claude login '), code('calm-heron')], { isCode: true }),
      nothingIn('x-api-key'),
      row('Account', [text('petra@example.com')]),
      row('Login ends', [text('5 to 8 January, in 46 days or more')]),
    ],
    excerpt: null,
  },
  ladder: ladder([
    folded('Gateway, cloud, API key and 6 more', true),
    maxLogin({ mark: 'wins', tone: 'ink', word: 'wins', note: 'Keychain', onLine: true, isEnd: true }),
    folded('Console key', false),
  ]),
  clocks: {
    ...base.clocks,
    ends: [{ key: 'none', says: 'Nothing ends before 20 December.', from: null, to: null, tone: 'ink' }],
    quiet: 'Access token renews itself',
  },
};
