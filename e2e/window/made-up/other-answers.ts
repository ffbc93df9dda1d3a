import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { apiKey, hard } from './hard.ts';
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
} from './pieces.ts';

/** Two headers, and an address with its origin. */
export const twoCredentials: Snapshot = {
  ...hard,
  bar: bar(['fine', 'attention', 'attention'], {
    folder: { id: 'folder-2', label: '~/clients/…/payments', path: '/home/petra/clients/northwind/payments' },
  }),
  answer: {
    mark: 'attention',
    sentence: [text('Print runs send two credentials to llm.northwind.example.')],
    consequence: [text('Which one is billed', 'amber'), text(' is up to that gateway.')],
    rows: [
      row('Authorization', [text('Auth token '), code('brisk-lantern')], { isCode: true, mark: 'wins' }),
      row('x-api-key', [text('API key '), code('quiet-otter')], { isCode: true, mark: 'also' }),
      row('Base URL', [
        code('llm.northwind.example'),
        text(' from '),
        place('.claude/settings.json:6', 'place-4'),
      ]),
    ],
    excerpt: null,
  },
  ladder: ladder([
    folded('Gateway, cloud, custom headers', true),
    rung({
      source: 'auth-token',
      title: 'Auth token',
      detail: { text: 'ANTHROPIC_AUTH_TOKEN', isCode: true },
      mark: 'wins',
      word: 'wins',
      place: place('~/clients/…/.claude/settings.json:7', 'place-5'),
      wordPair: 'brisk-lantern',
      onLine: true,
    }),
    apiKey({ mark: 'also', tone: 'ink', word: 'also sent' }),
    folded('Helper, OAuth token, profile, federation', false),
    maxLogin(),
    folded('Console key', false),
  ]),
  conflicts: [
    conflict({
      code: 'two-credentials-sent',
      title: 'Your own API key goes to this gateway too',
      cause: 'The project sets token and address.',
      consequence: 'Your shell adds the key.',
      remedies: [
        {
          key: 'clear',
          title: 'Clear ANTHROPIC_API_KEY from ~/.zshrc:42',
          note: null,
          place: 'place-1',
          change: 'change-1',
        },
      ],
    }),
    conflict({
      code: 'project-supplies-credential',
      title: 'This project supplies a credential',
      cause: 'Its settings bring a token and an address.',
      consequence: 'Print runs take both and do not ask.',
      remedies: [
        {
          key: 'leave-out',
          title: 'Start Claude Code without this folder’s settings',
          note: 'claude --setting-sources user',
          place: null,
          change: null,
        },
      ],
    }),
  ],
};

export const nothingFound: Snapshot = {
  ...base,
  bar: bar(['broken', 'broken', 'broken'], { mode: 'interactive' }),
  answer: {
    mark: 'broken',
    sentence: [text('Claude Code is not logged in here.')],
    consequence: [text('It sends nothing', 'red'), text(' and asks you to log in.')],
    rows: [],
    excerpt: null,
  },
  ladder: ladder([folded('All 11 sources', true)], 'Nothing was found'),
  doors: [
    { id: 'begin-1', title: 'Log in with a Claude subscription…', note: 'Pro, Max, Team or Enterprise' },
    { id: 'begin-2', title: 'Log in with Claude Console…', note: 'You pay per use' },
    {
      id: 'begin-3',
      title: 'Sign in to northwind…',
      note: 'Your organisation’s own page, for a gateway or a vault',
    },
  ],
};

export const brokenSettings: Snapshot = {
  ...base,
  bar: bar(['broken', 'broken', 'nothing']),
  answer: {
    mark: 'broken',
    sentence: [text('A settings file is broken, so Claude Code ignores all of it.')],
    consequence: [
      text('One comma too many', 'red'),
      text(' in '),
      place('.claude/settings.json:8', 'place-6'),
    ],
    rows: [
      row('Lost with it', [text('auth token, base URL, 4 other settings')]),
      row('Sent instead', [text('Claude login '), code('calm-heron')]),
      row('Sent to', [text('api.anthropic.com, not llm.northwind.example')]),
    ],
    excerpt: {
      title: '.claude/settings.json, lines 6 to 9',
      lines: [
        { number: 6, text: '"env": {', isFault: false },
        { number: 7, text: '  "ANTHROPIC_BASE_URL": "https://llm…",', isFault: false },
        { number: 8, text: '  "ANTHROPIC_AUTH_TOKEN": "••••••••",', isFault: true },
        { number: 9, text: '},', isFault: false },
      ],
    },
  },
  ladder: ladder([
    folded('Gateway, cloud, custom headers', true),
    rung({
      source: 'auth-token',
      title: 'Auth token',
      detail: { text: 'ANTHROPIC_AUTH_TOKEN', isCode: true },
      mark: 'broken',
      tone: 'red',
      word: 'broken',
      place: place('.claude/settings.json:8', 'place-6'),
      wordPair: 'brisk-lantern',
      onLine: true,
    }),
    folded('API key, helper, OAuth token and 2 more', true),
    maxLogin({ mark: 'wins', tone: 'ink', word: 'wins', onLine: true, isEnd: true }),
    folded('Console key', false),
  ]),
  conflicts: [
    conflict({
      code: 'settings-file-dropped',
      mark: 'broken',
      severity: 'critical',
      title: 'A whole settings file is dropped',
      cause: 'Line 8 of .claude/settings.json ends in a comma that JSON does not allow.',
      consequence: 'Your login goes to api.anthropic.com instead of the gateway.',
      remedies: [
        { key: 'repair', title: 'Repair .claude/settings.json', note: null, place: 'place-6', change: null },
      ],
    }),
  ],
};

export const asks: Snapshot = {
  ...hard,
  bar: bar(['attention', 'metered', 'metered'], { mode: 'interactive' }),
  answer: {
    mark: 'attention',
    sentence: [
      text('Claude Code asks whether to use the API key from '),
      place('~/.zshrc:42', 'place-1'),
      text('.'),
    ],
    consequence: [text('A question comes first.', 'amber'), text(' After yes you pay per use.')],
    rows: [
      row('After yes', [text('API key '), code('quiet-otter')]),
      row('After no', [text('Claude login '), code('calm-heron')]),
    ],
    excerpt: null,
  },
};

export const unknown: Snapshot = {
  ...base,
  bar: bar(['unknown', 'unknown', 'nothing']),
  answer: {
    mark: 'unknown',
    sentence: [text('It is not known what print runs send.')],
    consequence: [text('The Keychain is locked, and a login there would decide.')],
    rows: [row('To find out', [text('Unlock the Keychain, then look again')]), nothingIn('x-api-key')],
    excerpt: null,
  },
  ladder: ladder(
    [
      folded('Gateway, cloud, API key and 6 more', false),
      maxLogin({
        mark: 'unreadable',
        tone: 'amber',
        word: 'not readable',
        wordPair: null,
        note: 'Keychain, locked',
      }),
      folded('Console key', false),
    ],
    null,
  ),
};
