import type { AfterRow } from '../../../shared/ipc/change-snapshot.ts';
import type {
  ProviderRow,
  SignInDone,
  SignInFailed,
  SignInQuestion,
  SignInStepRow,
  SignInTask,
  SignInUnderWay,
} from '../../../shared/ipc/sign-in-snapshot.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { hard } from './hard.ts';

const step = (
  key: string,
  state: SignInStepRow['state'],
  name: string,
  more: Partial<SignInStepRow> = {},
): SignInStepRow => ({ key, state, name, time: null, since: null, detail: null, ...more });

const after = (
  mode: AfterRow['mode'],
  label: string,
  mark: AfterRow['mark'],
  value: string,
  was: string,
): AfterRow => ({ mode, label, mark, value, was });

/** The page is drawn under a clock that a spec holds still. */
export const NOW = 1_763_647_421_000;

const loginTask: SignInUnderWay = {
  kind: 'under-way',
  id: 'sign-in-1',
  title: 'Approve the login in your browser.',
  lead: 'Claude Code does the login and keeps it. Credence never sees your password or tokens.',
  brief: 'Waiting for your approval in the browser…',
  steps: [
    step('started', 'done', 'Claude Code started', {
      time: '14:03',
      detail: { text: 'claude auth login --claudeai', isCode: true },
    }),
    step('page', 'done', 'Page opened', {
      time: '14:03',
      detail: { text: 'In your default browser.', isCode: false },
    }),
    step('waiting', 'now', 'Waiting for your approval', { since: NOW - 41_000 }),
    step('checking', 'later', 'Check who is logged in'),
  ],
  device: null,
  paste: {
    label: 'No way back from the browser? Paste the code it shows, here and nowhere else.',
    placeholder: 'Code from the browser',
    action: 'Send to Claude Code',
    said: null,
  },
  canOpenAgain: true,
  canCopyAddress: true,
  toDevice: null,
  facts: [],
  after: {
    title: 'What this login will change',
    rows: [
      after('interactive', 'Interactive', 'next', 'Claude login', 'was not logged in'),
      after('print', 'Print', 'metered', 'API key from ~/.zshrc:42', 'as now'),
    ],
    note: 'Print runs still send the API key. Credence will ask about it after the login.',
  },
  cancel: { label: 'Cancel login', working: 'Ending…', isWorking: false },
  footnote: 'Ends the program Credence started',
};

const organisationTask: SignInUnderWay = {
  ...loginTask,
  id: 'sign-in-2',
  title: 'Finish signing in to northwind in your browser.',
  lead: 'Asked for because the last token ended at 14:02.',
  brief: 'Waiting for you to sign in to northwind…',
  steps: [
    step('page', 'done', 'Page opened', {
      time: '14:03',
      detail: { text: 'login.northwind.example', isCode: false },
    }),
    step('waiting', 'now', 'Waiting for the browser', {
      since: NOW - 28_000,
      detail: { text: 'Sign in there. This page goes on by itself.', isCode: false },
    }),
    step('keep', 'later', 'Keep the token in the keychain'),
    step('check', 'later', 'Check what Claude Code gets'),
  ],
  paste: null,
  toDevice: 'Sign in with a code instead',
  facts: [
    { key: 'returns', label: 'Returns to', value: { kind: 'text', text: '127.0.0.1:52114', isCode: true } },
    { key: 'stops', label: 'Stops waiting', value: { kind: 'until', at: NOW + 272_000 } },
    {
      key: 'account',
      label: 'Account',
      value: { kind: 'text', text: 'petra@northwind.example', isCode: false },
    },
    {
      key: 'lives',
      label: 'Token lives',
      value: { kind: 'text', text: '8 hours, then Credence renews it', isCode: false },
    },
  ],
  after: null,
  cancel: { label: 'Cancel sign-in', working: 'Ending…', isWorking: false },
  footnote: 'You can close this window and go on',
};

const deviceTask: SignInUnderWay = {
  ...organisationTask,
  id: 'sign-in-3',
  title: 'Type this code to sign in to northwind.',
  lead: 'Your organisation asks who you are. Credence never sees your password.',
  brief: 'Waiting for the code of northwind to be typed…',
  steps: [
    step('page', 'done', 'Code shown', {
      time: '14:03',
      detail: { text: 'login.northwind.example', isCode: false },
    }),
    step('waiting', 'now', 'Waiting for the code to be typed', {
      since: NOW - 95_000,
      detail: { text: 'On this or any other machine. This page goes on by itself.', isCode: false },
    }),
    step('keep', 'later', 'Keep the token in the keychain'),
    step('check', 'later', 'Check what Claude Code gets'),
  ],
  device: { code: 'WDJB-MJHT', where: 'login.northwind.example/device' },
  canCopyAddress: false,
  toDevice: null,
  facts: organisationTask.facts.slice(1, 2),
};

const logOutTask: SignInQuestion = {
  kind: 'question',
  id: 'sign-in-4',
  questionId: 'sign-in-4',
  title: 'Log out of Claude Code?',
  lead: 'Claude Code does it, and tells the server that the login has ended. This cannot be undone; you can log in again.',
  brief: 'A question before the log-out',
  facts: [],
  command: null,
  leave: 'Leave it as it is',
  lists: [
    {
      title: 'What it deletes',
      items: [
        { key: 'deleted-0', text: 'The Claude login', place: '~/.claude/.credentials.json' },
        {
          key: 'deleted-1',
          text: 'The logins of connectors, which lie in the same file',
          place: '~/.claude/.credentials.json',
        },
        { key: 'deleted-2', text: 'Whose login it was: address and organisation', place: '~/.claude.json' },
      ],
    },
  ],
  after: {
    title: 'After this',
    rows: [
      after('interactive', 'Interactive', 'absent', 'not logged in', 'was Max login'),
      after('print', 'Print', 'metered', 'API key from ~/.zshrc:42', 'as now'),
    ],
  },
  notes: ['Keys, tokens and profiles that you set elsewhere stay as they are.'],
  remedy: null,
  action: 'Log out',
  working: 'Logging out…',
  isWorking: false,
  problem: null,
};

const beforeTask: SignInQuestion = {
  ...logOutTask,
  id: 'sign-in-5',
  questionId: 'sign-in-5',
  title: 'This login would not be used here.',
  lead: 'Interactive sessions and print runs still send the API key. Clear that first, or log in anyway.',
  brief: 'A question before the login',
  lists: [],
  after: {
    title: 'With the Claude subscription login',
    rows: [
      after('interactive', 'Interactive', 'metered', 'API key from ~/.zshrc:42', 'as now'),
      after('print', 'Print', 'metered', 'API key from ~/.zshrc:42', 'as now'),
    ],
  },
  notes: [],
  remedy: { id: 'change-1', label: 'Clear ANTHROPIC_API_KEY from ~/.zshrc:42…' },
  action: 'Log in anyway',
  working: 'Starting…',
};

const signOutTask: SignInQuestion = {
  ...logOutTask,
  id: 'sign-in-6',
  questionId: 'sign-in-6-anyway',
  title: 'Remove the token here only?',
  lead: 'It stays good at northwind until it ends by itself.',
  brief: 'A question before the sign-out',
  lists: [
    {
      title: 'What it deletes',
      items: [{ key: 'token', text: 'The token of petra@northwind.example', place: 'keychain' }],
    },
  ],
  after: null,
  notes: ['Helpers that ask Credence for this token get none then.'],
  action: 'Remove it here anyway',
  working: 'Signing out…',
  problem: 'The provider could not be reached. Nothing was removed, since the token would stay good there.',
};

export const doneTask: SignInDone = {
  kind: 'done',
  id: 'sign-in-1',
  title: 'You are logged in.',
  lead: 'Interactive sessions use your Max login. Included in your subscription.',
  brief: 'The login is done',
  facts: [
    { key: 'account', label: 'Account', value: { kind: 'text', text: 'petra@example.com', isCode: false } },
    { key: 'plan', label: 'Plan', value: { kind: 'text', text: 'Max', isCode: false } },
    {
      key: 'organisation',
      label: 'Organisation',
      value: { kind: 'text', text: 'Petra’s own', isCode: false },
    },
    { key: 'ends', label: 'Login ends', value: { kind: 'text', text: '10 to 13 December', isCode: false } },
  ],
  after: [
    after('interactive', 'Interactive', 'wins', 'Max login', 'was not logged in'),
    after('print', 'Print', 'metered', 'API key from ~/.zshrc:42', 'as now'),
  ],
  notes: ['Print runs send the API key from ~/.zshrc:42, not your Max login. You pay per use.'],
  remedy: { id: 'change-1', label: 'Clear ANTHROPIC_API_KEY from ~/.zshrc:42…' },
};

const failedTask: SignInFailed = {
  kind: 'failed',
  id: 'sign-in-1',
  title: 'The server refused the code.',
  lead: 'It was cut short, is too old, or was used before. No new login was made.',
  brief: 'The login did not go well',
  advice: 'Try again, and paste the new code soon.',
  again: 'Try again',
  toDevice: null,
  choose: null,
  isQuiet: false,
};

export const ROW: ProviderRow = {
  id: 'organisation-1',
  name: 'northwind',
  host: 'login.northwind.example',
  from: 'In your file',
  mark: 'wins',
  state: 'Signed in as petra@northwind.example, renews itself',
  signIn: null,
  signOut: 'Sign out…',
  use: 'change-9',
  check: {
    state: 'good',
    text: 'It answers (asked at 14:03). You sign in at login.northwind.example. It takes a code that is typed on another machine.',
  },
};

const LONG = 'Anmeldeinformationsschlüsselbundverwaltungseinstellungen';
const DEEP = `~/${'clients/a-rather-long-name/'.repeat(5)}settings.json:1042`;
const MARKUP = '<img src=x onerror="window.harmed=true"><script>window.harmed=true</script>';
const TURNED = '\u202Egnp.cod \u05E9\u05DC\u05D5\u05DD';
const ENDLESS = 'x'.repeat(1024);

export const during = (signIn: SignInTask): Snapshot => ({ ...hard, signIn });
const paste = loginTask.paste;
export const settingsWith = (rows: readonly ProviderRow[], faults: readonly string[] = []): Snapshot => ({
  ...hard,
  settings: {
    ...hard.settings,
    providers: {
      rows,
      faults: faults.map((text, at) => ({ key: `fault-${String(at)}`, text, place: 'place-1' })),
      file: { label: '~/.config/credence/providers.json', place: 'place-2' },
      command: 'credence providers --add',
    },
  },
});

export const loginStarting = during({
  ...loginTask,
  title: 'Claude Code is starting.',
  brief: 'Claude Code is starting…',
  steps: [
    step('started', 'now', 'Claude Code is starting', {
      since: NOW - 1_000,
      detail: { text: 'claude auth login --claudeai', isCode: true },
    }),
    step('page', 'later', 'Open the page'),
    step('waiting', 'later', 'Waiting for your approval'),
    step('checking', 'later', 'Check who is logged in'),
  ],
  paste: null,
  canOpenAgain: false,
  canCopyAddress: false,
});
export const loginWaiting = during(loginTask);
export const loginCodeIncomplete = during({
  ...loginTask,
  paste:
    paste === null
      ? null
      : {
          ...paste,
          said: { text: 'That is not all of the code. Copy it again: there is a # in it.', isTrouble: true },
        },
});
export const loginCodeSent = during({
  ...loginTask,
  paste:
    paste === null
      ? null
      : { ...paste, said: { text: 'Sent. Claude Code is checking it.', isTrouble: false } },
});
export const loginChecking = during({
  ...loginTask,
  title: 'Checking who is logged in.',
  steps: loginTask.steps.map((one, at) => ({
    ...one,
    state: at === 3 ? ('now' as const) : ('done' as const),
    since: null,
  })),
  paste: null,
  canOpenAgain: false,
  canCopyAddress: false,
});
export const loginStopping = during({
  ...loginTask,
  title: 'Ending the login.',
  lead: 'Claude Code is asked to end, and has the time it needs for that.',
  paste: null,
  canOpenAgain: false,
  canCopyAddress: false,
  cancel: { ...loginTask.cancel, isWorking: true },
});
export const loginDone = during(doneTask);
export const loginFailed = during(failedTask);
export const loginCancelled = during({
  ...failedTask,
  title: 'The login is cancelled.',
  lead: 'Claude Code has ended. Nothing was changed.',
  brief: 'The login is cancelled',
  advice: null,
  isQuiet: true,
});
export const noClaude = during({
  ...failedTask,
  title: 'No Claude Code was found.',
  lead: 'Claude Code does the login itself, so it has to be installed on this computer.',
  advice:
    'Install it as code.claude.com/docs/en/setup describes, or choose the file if it lies somewhere else.',
  choose: 'Choose the file…',
});
export const beforeLogin = during(beforeTask);
export const logOut = during(logOutTask);
export const logOutWorking = during({ ...logOutTask, isWorking: true });
export const organisationWaiting = during(organisationTask);
export const organisationDevice = during(deviceTask);
export const organisationFailed = during({
  ...failedTask,
  id: 'sign-in-2',
  title: 'No browser opened.',
  lead: 'There is none, or it could not be started. Nothing was kept.',
  advice: null,
  toDevice: 'Sign in with a code instead',
});
export const signOutAnyway = during(signOutTask);
export const providerSettings = settingsWith(
  [
    ROW,
    {
      ...ROW,
      id: 'organisation-2',
      name: 'contoso-gateway',
      host: 'id.contoso.example:8443',
      from: 'From your administrator',
      mark: 'shadowed',
      state: 'Not signed in',
      signIn: 'Sign in…',
      signOut: null,
      check: { state: 'bad', text: 'The provider’s certificate is not trusted (asked at 14:03).' },
    },
    {
      ...ROW,
      id: 'organisation-3',
      name: 'fabrikam',
      host: 'sso.fabrikam.example',
      mark: 'broken',
      state: 'Has to be signed in again',
      signIn: 'Sign in again…',
      use: null,
      check: { state: 'checking', text: 'Asking the provider…' },
    },
  ],
  ['~/.config/credence/providers.json:14: The issuer is not an https address.'],
);
export const longSignIn = during({
  ...organisationTask,
  title: 'Finish signing in to a-name-as-long-as-it-may-be-for-everyone in your browser.',
  steps: organisationTask.steps.map((one) => ({
    ...one,
    name: one.state === 'later' ? LONG : one.name,
    detail: one.detail === null ? null : { text: `${'login.'.repeat(20)}example`, isCode: false },
  })),
  paste: paste === null ? null : { ...paste, label: `${LONG} ${LONG}`, action: LONG },
  facts: organisationTask.facts.map((one) => ({
    ...one,
    value: one.value.kind === 'until' ? one.value : { ...one.value, text: `petra.${LONG}@${LONG}.example` },
  })),
  after: { title: LONG, rows: [after('print', LONG, 'metered', `API key from ${DEEP}`, LONG)], note: LONG },
  cancel: { ...organisationTask.cancel, label: LONG },
  footnote: `${LONG} ${LONG}`,
});
export const longLogOut = during({
  ...logOutTask,
  lists: [{ title: LONG, items: [{ key: 'one', text: `${LONG} ${LONG}`, place: DEEP }] }],
  action: LONG,
  problem: `${LONG} ${LONG}`,
  remedy: { id: 'change-1', label: `Clear ANTHROPIC_API_KEY from ${DEEP}…` },
});
export const hostileSignIn = during({
  ...deviceTask,
  title: `${TURNED}${MARKUP}`,
  lead: ENDLESS,
  steps: deviceTask.steps.map((one) => ({
    ...one,
    name: `${TURNED}${MARKUP}`,
    detail: { text: ENDLESS, isCode: true },
  })),
  device: { code: `${TURNED}${'W'.repeat(40)}`, where: `${MARKUP}${ENDLESS}` },
  paste: {
    label: MARKUP,
    placeholder: TURNED,
    action: ENDLESS,
    said: { text: `${TURNED}${MARKUP}`, isTrouble: true },
  },
  facts: [
    { key: 'one', label: TURNED, value: { kind: 'text', text: `${MARKUP}${ENDLESS}`, isCode: true } },
    { key: 'two', label: MARKUP, value: { kind: 'until', at: NOW - 1 } },
  ],
  footnote: TURNED,
});
export const hostileProviders = settingsWith(
  [
    {
      ...ROW,
      name: `${TURNED}${MARKUP}`,
      host: ENDLESS,
      from: MARKUP,
      state: TURNED,
      check: { state: 'bad', text: ENDLESS },
    },
  ],
  [`${TURNED}${MARKUP}${ENDLESS}`],
);
