import type {
  SignInDone,
  SignInFailed,
  SignInQuestion,
  SignInUnderWay,
} from '../../../shared/ipc/sign-in-snapshot.ts';
import { NOW, after, during, step } from './sign-in-pieces.ts';

export const PASTE = {
  label: 'No way back from the browser? Paste the code it shows, here and nowhere else.',
  placeholder: 'Code from the browser',
  action: 'Send to Claude Code',
  said: null,
};

export const loginTask: SignInUnderWay = {
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
  paste: PASTE,
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

export const logOutTask: SignInQuestion = {
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

export const failedTask: SignInFailed = {
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
  paste: {
    ...PASTE,
    said: { text: 'That is not all of the code. Copy it again: there is a # in it.', isTrouble: true },
  },
});
export const loginCodeSent = during({
  ...loginTask,
  paste: { ...PASTE, said: { text: 'Sent. Claude Code is checking it.', isTrouble: false } },
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
