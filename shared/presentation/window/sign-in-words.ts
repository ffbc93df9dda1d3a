import type { LoginFailure, LoginWay } from '../../core/sign-in/claude-login.ts';
import {
  KEEP_TROUBLES,
  type KeepTrouble,
  type SignInFailure,
} from '../../core/sign-in/organisation-sign-in.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { SignOutAnswer } from '../../usecases/sign-in/organisation-tokens.ts';
import { LOGIN_FAILURE_WORDS } from '../sign-in/claude-words.ts';
import { oidcFailureWords } from '../sign-in/oidc-failure-words.ts';
import {
  keepTroubleWords,
  signInFailureWords as organisationFailureWords,
  signOutWords,
} from '../sign-in/organisation-words.ts';
import type {
  DeletedItem,
  LoginObstacle,
  LogOutResult,
  SignInObstacle,
} from '../../usecases/desk/sign-in-functions.ts';

/** What went wrong: what happened, what it means, what to do. */
export interface CauseWords {
  readonly happened: string;
  readonly means: string;
  /** `null`: trying again is all there is to do. */
  readonly advice: string | null;
}

const words = (happened: string, means: string, advice: string | null): CauseWords => ({
  happened,
  means,
  advice,
});

/** What most questions have. */
export const QUESTION = { facts: [], command: null, leave: 'Leave it as it is' } as const;

export const WAY_NAMES: Readonly<Record<LoginWay, string>> = {
  claude: 'Claude subscription',
  console: 'Claude Console',
  sso: 'SSO',
};

/** As in the terminal, but for what a window has in place of an option. */
export function loginFailureWords(why: LoginFailure): CauseWords {
  const { happened, means, todo } = LOGIN_FAILURE_WORDS[why];
  return words(happened, means, LOGIN_ADVICE[why] ?? adviceOf(todo));
}

/** What the button beside it says already need not be said. */
const adviceOf = (todo: string): string | null => (todo === '' || todo === 'Try again.' ? null : todo);

const LOGIN_ADVICE: Readonly<Partial<Record<LoginFailure, string>>> = {
  'not-started': 'Run “claude update” in a terminal, then try again.',
};

export const LOGIN_OBSTACLE_WORDS: Readonly<Record<LoginObstacle, CauseWords>> = {
  'no-claude': words(
    'No Claude Code was found.',
    'Claude Code does the login itself, so it has to be installed on this computer.',
    'Install it as code.claude.com/docs/en/setup describes, or choose the file if it lies somewhere else.',
  ),
  'unsafe-claude': words(
    'The Claude Code that was found is not used.',
    'It lies in a project, or where others can write, so it may not be the real one.',
    'Choose the file that you trust.',
  ),
  'too-old': words(
    'This Claude Code is too old to be asked.',
    'It has no “claude auth” yet.',
    'Run “claude update” in a terminal, then try again.',
  ),
  'gateway-only': words(
    'Your administrator allows no Claude account here.',
    'Claude Code uses nothing but your organisation’s gateway, so a login would not be used.',
    'Sign in to your organisation instead.',
  ),
  'not-started': words(
    'Claude Code could not be started.',
    'The system did not run the file.',
    'See that it can be run, or choose another file.',
  ),
  'not-available': words(
    'That is not possible here.',
    'This copy of Credence cannot ask Claude Code to log in or out.',
    'Run “claude auth login” in a terminal.',
  ),
};

/** After these a file can be chosen in place of what was found. */
export const CAN_CHOOSE: ReadonlySet<LoginObstacle> = new Set(['no-claude', 'unsafe-claude', 'not-started']);

/** As in the terminal, but for what a window has in place of an option. */
export function signInFailureWords(why: SignInFailure, provider: string): CauseWords {
  const shared = organisationFailureWords(why, provider);
  const advice = why.code === 'oidc' ? OIDC_ADVICE[why.failure.code] : SIGN_IN_ADVICE[why.code];
  return words(shared.happened, shared.means, advice ?? adviceOf(shared.do));
}

const SIGN_IN_ADVICE: Readonly<Partial<Record<SignInFailure['code'], string>>> = {
  'no-way-back': 'If the provider offers codes, set "deviceFlow": true for it in providers.json.',
  'no-device': 'Sign in with the browser instead.',
};

const OIDC_ADVICE: Readonly<Partial<Record<OidcFailure['code'], string>>> = {
  refused: 'Check the provider in Settings. Otherwise ask whoever runs it.',
  'not-here': 'Use “Log in” with Claude subscription, Claude Console or SSO.',
};

export const SIGN_IN_OBSTACLE_WORDS: Readonly<Record<SignInObstacle, CauseWords>> = {
  'not-configured': words(
    'That organisation is not set up any more.',
    'It is in none of the files with providers.',
    'Look at the organisations in Settings.',
  ),
  'no-device-flow': words(
    'This provider takes no code.',
    'It does not offer to sign in with a code that is typed on another machine.',
    'Sign in with the browser instead.',
  ),
  'not-available': words(
    'That is not possible here.',
    'This copy of Credence cannot sign in to an organisation.',
    'Use “credence login --provider” in a terminal.',
  ),
};

/** Of a check in the settings: one sentence. */
export function checkTrouble(
  why: OidcFailure['code'] | KeepTrouble | SignInObstacle,
  provider: string,
): string {
  if (isObstacle(why)) return SIGN_IN_OBSTACLE_WORDS[why].happened;
  if (isKeepTrouble(why)) return keepTroubleWords(why).happened;
  return oidcFailureWords({ code: why, status: null, retryAfter: null }, provider, '').happened;
}

const isObstacle = (why: string): why is SignInObstacle => Object.hasOwn(SIGN_IN_OBSTACLE_WORDS, why);
const isKeepTrouble = (why: string): why is KeepTrouble => KEEP_TROUBLES.some((trouble) => trouble === why);

/** Why nobody was signed out: some sentences. */
export function signOutTrouble(answer: Extract<SignOutAnswer, { ok: false }>, provider: string): string {
  const { why } = answer;
  if (why.code !== 'not-revoked') {
    const { happened, means, do: todo } = signOutWords(answer, provider);
    return [happened, means, todo].filter((part) => part !== '').join(' ');
  }
  const { happened } = oidcFailureWords(why.failure, provider, '');
  return `${happened} Nothing was removed, since the token would stay good there.`;
}

type LogOutFailure = Extract<LogOutResult, { ok: false }>['why'];

export const LOG_OUT_FAILURE_WORDS: Readonly<Record<LogOutFailure, CauseWords>> = {
  'not-started': words('Claude Code could not be started.', 'Nothing was deleted.', null),
  'still-there': words(
    'The login is still there.',
    'Claude Code said that it went well, but what it keeps is as it was before.',
    'See that you can write ~/.claude, then try again.',
  ),
  interrupted: words(
    'Claude Code was ended by something else.',
    'Some of it may be deleted, and some not.',
    null,
  ),
  'timed-out': words(
    'Claude Code did not finish in time.',
    'Credence has ended it. Some of it may be deleted, and some not.',
    null,
  ),
  refused: words(
    'Claude Code could not log out.',
    'It ended without a reason that Credence knows.',
    'Run “claude auth logout” in a terminal and read what it says.',
  ),
};

export const DELETED_WORDS: Readonly<Record<DeletedItem['what'], string>> = {
  login: 'The Claude login',
  'console-key': 'The key that the Claude Console made at its login',
  account: 'Whose login it was: address and organisation',
  'other-logins': 'The logins of connectors, which lie in the same file',
};
