import type { SignInTask as SignInSnapshot, SignInUnderWay } from '../../ipc/sign-in-snapshot.ts';
import type { SignInTask, SignInTaskOf, SignInWish } from '../../usecases/desk/sign-in-task.ts';
import { printable } from '../printable.ts';
import { beforeLoginView, failed, loginView, logOutView, type SignInView } from './claude-sign-in-view.ts';
import { organisationView, signOutView } from './organisation-sign-in-view.ts';
import { setupTokenView } from './setup-token-view.ts';
import { CAN_CHOOSE, LOGIN_OBSTACLE_WORDS, SIGN_IN_OBSTACLE_WORDS } from './sign-in-words.ts';

/** Signing in or out on its way, in words. No link, no token and nothing that was pasted comes into it. */
export function signInTaskView(task: SignInTask, view: SignInView): SignInSnapshot {
  switch (task.kind) {
    case 'preparing':
      return preparing(task);
    case 'before-login':
      return beforeLoginView(task, view);
    case 'login':
      return loginView(task, view);
    case 'sign-in':
      return organisationView(task, view);
    case 'log-out':
      return logOutView(task, view);
    case 'setup-token':
      return setupTokenView(task, view);
    case 'sign-out':
      return signOutView(task);
    case 'obstacle':
      return obstacleView(task);
  }
}

function preparing({ id, wish, cancelling }: SignInTaskOf<'preparing'>): SignInUnderWay {
  const { title, brief, cancel } = PREPARING[wish.do];
  const name = 'name' in wish ? printable(wish.name) : '';
  return {
    kind: 'under-way',
    id,
    title: cancelling ? 'Ending it.' : title(name),
    lead: '',
    brief,
    steps: [],
    device: null,
    paste: null,
    canOpenAgain: false,
    canCopyAddress: false,
    toDevice: null,
    facts: [],
    after: null,
    cancel: { label: cancel, working: 'Ending…', isWorking: cancelling },
    footnote: '',
  };
}

const PREPARING: Readonly<
  Record<
    SignInWish['do'],
    { readonly title: (name: string) => string; readonly brief: string; readonly cancel: string }
  >
> = {
  login: {
    title: () => 'Claude Code is starting.',
    brief: 'Claude Code is starting…',
    cancel: 'Cancel login',
  },
  'log-out': { title: () => 'Looking what a log-out would delete.', brief: 'Looking…', cancel: 'Cancel' },
  'setup-token': { title: () => 'Looking for Claude Code.', brief: 'Looking…', cancel: 'Cancel' },
  'sign-in': {
    title: (name) => `Asking ${name} how to sign in.`,
    brief: 'Asking how to sign in…',
    cancel: 'Cancel sign-in',
  },
  'sign-out': { title: (name) => `Looking what is kept for ${name}.`, brief: 'Looking…', cancel: 'Cancel' },
};

function obstacleView({ id, obstacle, wish }: SignInTaskOf<'obstacle'>): SignInSnapshot {
  const { happened, means, advice } =
    obstacle.of === 'login' ? LOGIN_OBSTACLE_WORDS[obstacle.code] : SIGN_IN_OBSTACLE_WORDS[obstacle.code];
  return failed(id, {
    title: happened,
    lead: means,
    advice,
    brief: BRIEFS[wish.do],
    choose: obstacle.of === 'login' && CAN_CHOOSE.has(obstacle.code) ? 'Choose the file…' : null,
    ...(FINAL.has(obstacle.code) ? { again: null } : {}),
  });
}

const BRIEFS: Readonly<Record<SignInWish['do'], string>> = {
  login: 'The login could not begin',
  'log-out': 'The log-out could not begin',
  'setup-token': 'The token could not be made',
  'sign-in': 'The sign-in could not begin',
  'sign-out': 'The sign-out could not begin',
};

/** These would go the same way again. */
const FINAL: ReadonlySet<string> = new Set([
  'gateway-only',
  'not-available',
  'not-configured',
  'no-device-flow',
]);
