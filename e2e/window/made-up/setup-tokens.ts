import type { SignInDone, SignInQuestion, SignInTask } from '../../../shared/ipc/sign-in-snapshot.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { hard } from './hard.ts';

const during = (signIn: SignInTask): Snapshot => ({ ...hard, signIn });
const fact = (key: string, label: string, text: string) =>
  ({ key, label, value: { kind: 'text', text, isCode: false } }) as const;

const IS =
  'Claude Code makes a token that lasts a year, for scripts and places without a browser. It serves model requests only, is shown once, and Credence never sees it.';
const GOES =
  'When Claude Code has shown the token, put it where it is needed, as CLAUDE_CODE_OAUTH_TOKEN. Credence keeps only the day.';
const KNOWN = [
  fact('made', 'Last made', 'on 2 December 2024'),
  fact('ends', 'Ends', 'between 1 and 3 December'),
];

const before: SignInQuestion = {
  kind: 'question',
  id: 'sign-in-7',
  questionId: 'sign-in-7',
  title: 'Set up a token for scripts?',
  lead: IS,
  brief: 'A question about a token for scripts',
  facts: KNOWN,
  lists: [],
  after: null,
  command: null,
  notes: [
    '“claude setup-token” runs in a terminal window of its own, which is yours alone.',
    'To leave it before it has made a token, close its terminal window: nothing is made then, and nothing is harmed.',
  ],
  remedy: null,
  action: 'Open a terminal',
  working: 'Opening…',
  isWorking: false,
  leave: 'Leave it as it is',
  problem: null,
};
const afterwards: SignInQuestion = {
  ...before,
  questionId: 'sign-in-7-made',
  title: 'Was the token made?',
  lead: GOES,
  brief: 'Was a token for scripts made?',
  facts: [],
  command: {
    label: 'No window came? Type this in a terminal:',
    text: '/home/petra/.local/bin/claude setup-token',
  },
  notes: ['For another day than today, use “credence login setup-token --made-on YYYY-MM-DD”.'],
  action: 'It was made today',
  working: 'Keeping the day…',
  leave: 'Not made',
};
const kept: SignInDone = {
  kind: 'done',
  id: 'sign-in-7',
  title: 'The token’s year runs from today.',
  lead: 'The day is kept. CLAUDE_CODE_OAUTH_TOKEN is not set here; where it is, its clock runs from that day.',
  brief: 'The day of the token is kept',
  facts: [fact('made', 'Made', 'on 20 November'), fact('ends', 'Ends', 'between 19 and 21 November 2026')],
  after: [],
  notes: [],
  remedy: null,
};

const LONG = 'Anmeldeinformationsschlüsselbundverwaltungseinstellungen';
const HOSTILE = '\u202Egnp.cod <img src=x onerror="window.harmed=true"><script>window.harmed=true</script>';

export const setupToken = during(before);
export const setupTokenOpening = during({ ...before, isWorking: true });
export const setupTokenMade = during(afterwards);
export const setupTokenTyped = during({
  ...afterwards,
  title: 'Make the token in a terminal of yours.',
  lead: `${IS} ${GOES}`,
  facts: KNOWN,
  command: {
    label: 'Credence found no terminal program to open. Type this in one:',
    text: '/home/petra/.local/bin/claude setup-token',
  },
});
export const setupTokenNotKept = during({
  ...afterwards,
  problem: 'The day could not be kept: Credence’s own folder cannot be written.',
});
export const setupTokenDone = during(kept);
export const setupTokenLong = during({
  ...afterwards,
  facts: [fact('made', LONG, LONG)],
  command: {
    label: `${LONG} ${LONG}`,
    text: `'/home/${'a-rather-long-name/'.repeat(12)}${'x'.repeat(200)}/claude' setup-token`,
  },
  action: LONG,
  leave: LONG,
});
export const setupTokenHostile = during({
  ...afterwards,
  command: { label: HOSTILE, text: `${HOSTILE}${'x'.repeat(512)}` },
  leave: HOSTILE,
});
