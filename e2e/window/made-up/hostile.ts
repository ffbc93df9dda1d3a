import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { apiKey, hard } from './hard.ts';
import { bar, code, conflict, folded, ladder, maxLogin, place, row, text, ticks } from './pieces.ts';

export const MARKUP = '<img src=x onerror="window.harmed=true"><script>window.harmed=true</script>';
/** RIGHT-TO-LEFT OVERRIDE, never closed, and letters that run from right to left. */
export const TURNED = '\u202Egnp.cod \u05E9\u05DC\u05D5\u05DD';
const ENDLESS = 'x'.repeat(4096);

export const hostile: Snapshot = {
  ...hard,
  bar: bar(['fine', 'metered', 'metered'], {
    folder: { id: 'folder-1', label: `~/${TURNED}/${MARKUP}`, path: MARKUP },
    recent: [{ id: 'folder-2', label: `${ENDLESS}${TURNED}`, path: ENDLESS }],
    version: { text: `Claude Code ${MARKUP}`, title: TURNED },
  }),
  answer: {
    mark: 'metered',
    sentence: [
      text(`Print runs send ${MARKUP} from `),
      place(`${TURNED}${MARKUP}`, 'place-1'),
      text(', not it.'),
    ],
    consequence: [text(TURNED, 'amber'), text(', on top of Max.')],
    rows: [
      row('x-api-key', [text(MARKUP), code(ENDLESS)], { isCode: true }),
      row(`${TURNED}label`, [text(`${TURNED} and after`)]),
    ],
    excerpt: {
      title: MARKUP,
      lines: [
        { number: 99999, text: ENDLESS.slice(0, 400), isFault: true },
        { number: 100000, text: `${TURNED} ${MARKUP}`, isFault: false },
      ],
    },
  },
  ladder: ladder([
    folded(ENDLESS.slice(0, 300), true),
    apiKey({
      title: MARKUP,
      detail: { text: ENDLESS.slice(0, 600), isCode: true },
      place: place(`~/${TURNED}/${ENDLESS.slice(0, 200)}`, 'place-1'),
      wordPair: `${TURNED}-${ENDLESS.slice(0, 80)}`,
      reason: MARKUP,
    }),
    maxLogin({ note: ENDLESS.slice(0, 300), wordPair: TURNED }),
  ]),
  conflicts: [
    conflict({ code: 'hostile', title: MARKUP, cause: TURNED, consequence: ENDLESS }),
    conflict({ code: 'hostile-2', title: ENDLESS.slice(0, 500), cause: TURNED, consequence: MARKUP }),
  ],
  clocks: {
    title: TURNED,
    ticks,
    ends: [{ key: 'end', says: `${MARKUP} ${ENDLESS.slice(0, 200)}`, from: 0.1, to: 0.55, tone: 'amber' }],
    quiet: ENDLESS.slice(0, 100),
  },
  notices: [{ key: 'notice-1', mark: 'attention', title: MARKUP, text: ENDLESS.slice(0, 300) }],
};

const DEEP = '~/clients/…/a-project-with-a-rather-long-name/.claude/settings.local.json:1204';

export const longPaths: Snapshot = {
  ...hard,
  bar: bar(['fine', 'metered', 'metered'], {
    folder: {
      id: 'folder-1',
      label: '~/clients/…/a-project-with-a-rather-long-name-indeed',
      path: '/home/petra/clients/northwind/2026/a-project-with-a-rather-long-name-indeed',
    },
    surface: 'scheduled',
    surfaces: [{ id: 'scheduled', label: 'cron, launchd or a systemd timer' }],
  }),
  answer: {
    mark: 'metered',
    sentence: [
      text('Print runs send the API key from '),
      place(DEEP, 'place-1'),
      text(', not your Max login.'),
    ],
    consequence: [text('You pay per use', 'amber'), text(', on top of Max.')],
    rows: [
      row('Base URL', [
        code(`https://${'gateway.'.repeat(8)}example/v1`),
        text(' from '),
        place(DEEP, 'place-1'),
      ]),
    ],
    excerpt: null,
  },
  ladder: ladder([apiKey({ place: place(DEEP, 'place-1') }), maxLogin({ place: place(DEEP, null) })]),
};

const WORST = ['critical', 'warning', 'warning', 'warning', 'info', 'info'] as const;
export const manyConflicts: Snapshot = {
  ...hard,
  conflicts: WORST.map((severity, at) =>
    conflict({
      code: `conflict-${String(at)}`,
      severity,
      mark: severity === 'critical' ? 'broken' : severity === 'warning' ? 'attention' : 'nothing',
      title: `Conflict ${String(at + 1)}: the credential is refused by what managed settings say`,
      cause: 'Managed settings force another login method.',
      consequence: 'Claude Code refuses to start.',
      remedies: [
        {
          key: 'ask',
          title: 'Ask your administrator about forceLoginMethod',
          note: 'By hand.',
          place: null,
          change: null,
        },
      ],
    }),
  ),
  clocks: {
    ...hard.clocks,
    ends: [
      { key: 'token', says: 'Setup token has ended, by 19 November', from: null, to: null, tone: 'red' },
      { key: 'aws', says: 'AWS sign-in ends today at 18:00', from: 0.004, to: 0.004, tone: 'amber' },
      { key: 'login', says: 'Max login ends, 10 to 13 December', from: 20 / 30, to: 23 / 30, tone: 'ink' },
      { key: 'org', says: 'Organisation token ends, 20 December', from: 0.99, to: 1, tone: 'quiet' },
    ],
  },
  notices: [
    {
      key: 'no-tray',
      mark: 'attention',
      title: 'This desktop draws no tray',
      text: 'Closing the window leaves Credence running. Everything is in the menu at the top.',
    },
  ],
};
