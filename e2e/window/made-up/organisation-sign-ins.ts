import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import type { ProviderRow, SignInQuestion, SignInUnderWay } from '../../../shared/ipc/sign-in-snapshot.ts';
import { hard } from './hard.ts';
import { failedTask, loginTask, logOutTask } from './claude-logins.ts';
import { NOW, during, step } from './sign-in-pieces.ts';

export const organisationTask: SignInUnderWay = {
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
  toDevice: 'Use a code instead',
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

export const deviceTask: SignInUnderWay = {
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
  canCheck: true,
  check: {
    state: 'good',
    text: 'It answers (asked at 14:03). You sign in at login.northwind.example. It takes a code that is typed on another machine.',
  },
};

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

export const organisationWaiting = during(organisationTask);
export const organisationDevice = during(deviceTask);
export const organisationFailed = during({
  ...failedTask,
  id: 'sign-in-2',
  title: 'No browser opened.',
  lead: 'There is none, or it could not be started. Nothing was kept.',
  advice: null,
  toDevice: 'Use a code instead',
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
    {
      ...ROW,
      id: 'organisation-4',
      name: 'tailspin',
      host: null,
      from: 'In no file',
      mark: 'broken',
      state: 'Not configured any more, signed in as petra@northwind.example',
      use: null,
      canCheck: false,
      check: null,
    },
  ],
  ['~/.config/credence/providers.json:14: The issuer is not an https address.'],
);
