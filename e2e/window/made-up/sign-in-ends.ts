import type { SignInFailed } from '../../../shared/ipc/sign-in-snapshot.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { LOGIN_FAILURE_WORDS } from '../../../shared/presentation/sign-in/claude-words.ts';
import {
  LOGIN_OBSTACLE_WORDS,
  loginFailureWords,
  signInFailureWords,
  type CauseWords,
} from '../../../shared/presentation/window/sign-in-words.ts';
import type { LoginFailure } from '../../../shared/core/sign-in/claude-login.ts';
import type { OidcFailure } from '../../../shared/core/sign-in/oidc-failure.ts';
import { doneTask, loginStarting } from './claude-logins.ts';
import { ROW, settingsWith } from './organisation-sign-ins.ts';
import { during } from './sign-in-pieces.ts';

/** How a sign-in ends, in the words that the window really gets: a picture shows what a person would read. */
const ended = (
  { happened, means, advice }: CauseWords,
  more: Partial<Omit<SignInFailed, 'kind'>> = {},
): Snapshot =>
  during({
    kind: 'failed',
    id: 'sign-in-1',
    title: happened,
    lead: means,
    advice,
    brief: 'It did not go well',
    again: 'Try again',
    toDevice: null,
    choose: null,
    isQuiet: false,
    ...more,
  });

const lengthOf = ({ happened, means, advice }: CauseWords): number =>
  `${happened}${means}${advice ?? ''}`.length;
const longest = (all: readonly CauseWords[]): CauseWords =>
  all.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one));

const LOGIN_FAILURES = Object.keys(LOGIN_FAILURE_WORDS) as readonly LoginFailure[];
const OIDC_FAILURES: readonly OidcFailure['code'][] = [
  'no-connection',
  'not-trusted',
  'wrong-issuer',
  'bad-metadata',
  'bad-answer',
  'bad-id-token',
  'denied',
  'invalid-grant',
  'bad-client',
  'refused',
];
const NAME = 'northwind';
const TO_DEVICE = { toDevice: 'Use a code instead' };

export const preparing = during({
  ...(loginStarting.signIn?.kind === 'under-way' ? loginStarting.signIn : fail()),
  title: `Asking ${NAME} how to sign in.`,
  lead: '',
  brief: 'Asking how to sign in…',
  steps: [],
  after: null,
  footnote: '',
  cancel: { label: 'Cancel sign-in', working: 'Ending…', isWorking: false },
});
export const expired = ended(signInFailureWords({ code: 'timed-out' }, NAME), TO_DEVICE);
export const second = ended(signInFailureWords({ code: 'already-under-way' }, NAME));
export const notKept = ended(signInFailureWords({ code: 'not-kept', why: 'locked' }, NAME));
export const longestSignInFailure = ended(
  longest(
    OIDC_FAILURES.map((code) =>
      signInFailureWords({ code: 'oidc', failure: { code, status: 503, retryAfter: 90 } }, NAME),
    ),
  ),
  TO_DEVICE,
);
export const longestLoginFailure = ended(longest(LOGIN_FAILURES.map(loginFailureWords)));
export const notAllowed = ended(LOGIN_OBSTACLE_WORDS['gateway-only'], { again: null });

export const signedIn = during({
  ...doneTask,
  id: 'sign-in-2',
  title: `You are signed in to ${NAME}.`,
  lead: 'The token is in the keychain, and nowhere else.',
  brief: 'The sign-in is done',
  facts: [
    {
      key: 'account',
      label: 'Account',
      value: { kind: 'text', text: 'petra@northwind.example', isCode: false },
    },
    { key: 'token', label: 'Token', value: { kind: 'text', text: 'renews itself', isCode: false } },
  ],
  after: [],
  notes: ['The provider did not grant: offline_access.', 'Claude Code here: API key. You pay per use.'],
  remedy: { id: 'change-9', label: 'Use for Claude Code…' },
});

/** As long as a name and an address may be, from right to left, and with signs that are more than one character. */
const LONG_ADDRESS = `${'petra.'.repeat(30)}@${'example.'.repeat(3)}example`;
const LONG_ORGANISATION = `שלום עולם ${'אבגדה '.repeat(30)}👩‍👩‍👧‍👦`;

export const longNames = during({
  ...doneTask,
  facts: [
    { key: 'account', label: 'Account', value: { kind: 'text', text: LONG_ADDRESS, isCode: false } },
    {
      key: 'organisation',
      label: 'Organisation',
      value: { kind: 'text', text: LONG_ORGANISATION, isCode: false },
    },
    { key: 'ends', label: 'Login ends', value: { kind: 'text', text: '10 to 13 December', isCode: false } },
  ],
});

export const loggedOut = during({
  ...doneTask,
  title: 'You are logged out.',
  lead: 'Claude Code here: not logged in.',
  brief: 'The log-out is done',
  facts: [],
  after: [
    {
      mode: 'interactive',
      label: 'Interactive',
      mark: 'absent',
      value: 'not logged in',
      was: 'was Max login',
    },
    { mode: 'print', label: 'Print', mark: 'metered', value: 'API key from ~/.zshrc:42', was: 'as now' },
  ],
  notes: [
    'The server did not confirm that the login has ended. You can end it at claude.ai, in the settings of your account.',
  ],
  remedy: null,
});

export const noProviders = settingsWith([]);
export const manyProviders = settingsWith(
  Array.from({ length: 12 }, (_, at) => ({
    ...ROW,
    id: `organisation-${String(at)}`,
    name: at === 5 ? 'a-name-as-long-as-a-name-may-be-'.repeat(2) : `${NAME}-${String(at)}`,
    host: at === 5 ? `${'login.'.repeat(20)}example` : `login-${String(at)}.northwind.example`,
    state: at === 5 ? `Signed in as ${LONG_ADDRESS}, renews itself` : ROW.state,
    check: at === 0 ? ROW.check : null,
  })),
);

function fail(): never {
  throw new Error('The made-up sign-in is under way.');
}
