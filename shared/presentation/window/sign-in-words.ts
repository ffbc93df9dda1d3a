import type { LoginFailure, LoginWay } from '../../core/sign-in/claude-login.ts';
import type { KeepTrouble, SignInFailure } from '../../core/sign-in/organisation-sign-in.ts';
import type { OidcFailure } from '../../ports/oidc.ts';
import type { SignOutAnswer } from '../../usecases/sign-in/organisation-tokens.ts';
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

export const WAY_NAMES: Readonly<Record<LoginWay, string>> = {
  claude: 'Claude subscription',
  console: 'Claude Console',
  sso: 'SSO',
};

const AS_BEFORE = 'You are logged in, or not, as before.';

export const LOGIN_FAILURE_WORDS: Readonly<Record<LoginFailure, CauseWords>> = {
  'not-started': words(
    'Claude Code ended before the login began.',
    `It may be a version that logs in another way. ${AS_BEFORE}`,
    'Run “claude update” in a terminal, then try again.',
  ),
  'code-refused': words(
    'The code was refused.',
    `It was not complete, too old, or used already. ${AS_BEFORE}`,
    'Try again, and copy all of the new code.',
  ),
  'no-connection': words(
    'Claude Code could not reach the server.',
    `Without a connection nobody can log in. ${AS_BEFORE}`,
    'See that you are online, and that a proxy or firewall lets claude.com through.',
  ),
  'nothing-saved': words(
    'No login was saved.',
    'Claude Code said that it went well, but what it keeps is as it was before.',
    'Try again. If it stays so, run “claude auth login” in a terminal and read what it says.',
  ),
  'store-read-only': words(
    'The login could not be saved.',
    'The file in which Claude Code keeps it cannot be written by you.',
    'Make ~/.claude and what is in it your own again, then try again.',
  ),
  'keychain-locked': words(
    'The login could not be saved.',
    'The keychain is locked, as it is in a session over SSH.',
    'Unlock it with “security unlock-keychain”, then try again.',
  ),
  'wrong-organisation': words(
    'This account belongs to another organisation.',
    'Your administrator allows only one, so Claude Code does not use the login that was saved.',
    'Log in with the account of your organisation.',
  ),
  'timed-out': words(
    'Nothing came back from the browser.',
    `Credence has stopped waiting, and Claude Code has ended. ${AS_BEFORE}`,
    null,
  ),
  interrupted: words(
    'Claude Code was ended by something else.',
    `The login was not finished. ${AS_BEFORE}`,
    null,
  ),
  refused: words(
    'Claude Code could not log in.',
    `It ended without a reason that Credence knows. ${AS_BEFORE}`,
    'Try again. If it stays so, run “claude auth login” in a terminal and read what it says.',
  ),
};

export const LOGIN_OBSTACLE_WORDS: Readonly<Record<LoginObstacle, CauseWords>> = {
  'no-claude': words(
    'No Claude Code was found.',
    'Claude Code does the login itself, so it has to be installed on this computer.',
    'Install it as claude.com/claude-code describes, or choose the file if it lies somewhere else.',
  ),
  'unsafe-claude': words(
    'The Claude Code that was found is not used.',
    'It lies where others can write, so it may not be the real one.',
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
  busy: words(
    'Somebody else is logging in or out.',
    'Another Credence, as in a terminal, has asked Claude Code to do so.',
    'Finish it there, then try again.',
  ),
  'not-available': words(
    'That is not possible here.',
    'This copy of Credence cannot ask Claude Code to log in or out.',
    'Run “claude auth login” in a terminal.',
  ),
};

/** After these a file can be chosen in place of what was found. */
export const CAN_CHOOSE: ReadonlySet<LoginObstacle> = new Set(['no-claude', 'unsafe-claude', 'not-started']);

const NOT_SIGNED_IN = 'Nothing was kept.';

const OIDC_WORDS: Readonly<Record<OidcFailure['code'], CauseWords>> = {
  'no-connection': words(
    'The provider could not be reached.',
    `There was no connection to it. ${NOT_SIGNED_IN}`,
    'See that you are online, and in the organisation’s network if it asks for that.',
  ),
  'connection-lost': words(
    'The connection broke.',
    `The sign-in could not be finished. ${NOT_SIGNED_IN}`,
    null,
  ),
  'timed-out': words('The provider did not answer in time.', NOT_SIGNED_IN, null),
  'not-trusted': words(
    'The provider’s certificate is not trusted.',
    `Somebody may stand in between, or this computer lacks your organisation’s own certificate. ${NOT_SIGNED_IN}`,
    'Ask your administrator. Do not sign in elsewhere until this is understood.',
  ),
  'wrong-issuer': words(
    'The provider calls itself by another name.',
    `Its address is not the issuer that it states. ${NOT_SIGNED_IN}`,
    'Correct the issuer in providers.json: it is compared letter by letter.',
  ),
  'bad-metadata': words(
    'The provider does not say how to sign in.',
    `What it publishes about itself is missing, or cannot be used. ${NOT_SIGNED_IN}`,
    'Check the issuer in providers.json, or ask your administrator.',
  ),
  'too-large': words(
    'The provider answered with too much.',
    `That is no answer to a sign-in. ${NOT_SIGNED_IN}`,
    null,
  ),
  'bad-answer': words(
    'The provider’s answer cannot be used.',
    `It holds no token of the kind that was asked for. ${NOT_SIGNED_IN}`,
    'Ask your administrator whether a page of the network stands in between.',
  ),
  'bad-callback': words(
    'What came back is not of this sign-in.',
    `The browser may have come back to an older attempt. ${NOT_SIGNED_IN}`,
    'Close the older pages, then try again.',
  ),
  'bad-id-token': words(
    'The provider’s statement of who you are is not valid.',
    `Its issuer, receiver, time or signature is wrong. ${NOT_SIGNED_IN}`,
    'See that this computer’s clock is right, then try again.',
  ),
  denied: words(
    'The sign-in was declined.',
    `The provider, or somebody in the browser, said no. ${NOT_SIGNED_IN}`,
    null,
  ),
  'invalid-grant': words(
    'The code is not good any more.',
    `It was used already, or came too late. ${NOT_SIGNED_IN}`,
    null,
  ),
  'bad-client': words(
    'The provider does not know Credence.',
    `It does not know the client ID, or does not allow it to do this. ${NOT_SIGNED_IN}`,
    'Check the client ID in providers.json, or ask your administrator.',
  ),
  'bad-scope': words(
    'The provider refuses what is asked for.',
    `One of the scopes is not allowed. ${NOT_SIGNED_IN}`,
    'Correct the scopes in providers.json.',
  ),
  pending: words('The sign-in was not finished in time.', NOT_SIGNED_IN, null),
  'slow-down': words('The provider asks to wait.', NOT_SIGNED_IN, 'Wait a minute, then try again.'),
  expired: words('The code has expired.', `Nobody typed it in time. ${NOT_SIGNED_IN}`, null),
  'try-later': words(
    'The provider is busy.',
    `It cannot answer just now. ${NOT_SIGNED_IN}`,
    'Try again in some minutes.',
  ),
  refused: words('The provider refused.', NOT_SIGNED_IN, 'Try again, or ask your administrator.'),
  'not-here': words(
    'That is a Claude account.',
    'Credence never signs in to one itself: Claude Code does.',
    'Use “Log in” with Claude subscription, Claude Console or SSO.',
  ),
};

export const KEEP_WORDS: Readonly<Record<KeepTrouble, string>> = {
  'no-keychain': 'There is no keychain, or it does not answer.',
  locked: 'The keychain is locked.',
  denied: 'The keychain did not let Credence in.',
  damaged: 'What stands in the keychain is damaged.',
  busy: 'Another program holds the keychain.',
};

const KEEP_ADVICE: Readonly<Record<KeepTrouble, string>> = {
  'no-keychain': 'Start the keychain of your desktop, then try again.',
  locked: 'Unlock it, then try again.',
  denied: 'Allow Credence when the system asks, then try again.',
  damaged: 'Sign out, then sign in again.',
  busy: 'Try again in a moment.',
};

export function signInFailureWords(why: SignInFailure): CauseWords {
  switch (why.code) {
    case 'oidc':
      return OIDC_WORDS[why.failure.code];
    case 'no-way-back':
      return words(
        'The browser would have no way back.',
        `No port could be opened on this computer, and this provider shows no code. ${NOT_SIGNED_IN}`,
        null,
      );
    case 'no-device':
      return words(
        'The provider offers no code to type on another machine.',
        NOT_SIGNED_IN,
        'Sign in with the browser instead.',
      );
    case 'internal':
      return words(
        'Credence stumbled over a mistake of its own.',
        NOT_SIGNED_IN,
        'Please report this with “credence doctor”.',
      );
    case 'timed-out':
      return words(
        'Nothing came back from the browser.',
        `Credence has stopped waiting. ${NOT_SIGNED_IN}`,
        null,
      );
    case 'not-kept':
      return words(
        'The token could not be kept.',
        `${KEEP_WORDS[why.why]} The token was thrown away, so you are not signed in.`,
        KEEP_ADVICE[why.why],
      );
    case 'already-under-way':
      return words(
        'Another sign-in is under way.',
        'Another Credence, as in a terminal, is signing in to the same organisation.',
        'Finish it there, then try again.',
      );
  }
}

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
  busy: words(
    'Another sign-in is under way.',
    'Another Credence, as in a terminal, is signing in to the same organisation.',
    'Finish it there, then try again.',
  ),
  'not-available': words(
    'That is not possible here.',
    'This copy of Credence cannot sign in to an organisation.',
    'Use “credence login --provider” in a terminal.',
  ),
};

/** Of a check in the settings: one sentence. */
export function checkTrouble(why: OidcFailure['code'] | KeepTrouble | SignInObstacle): string {
  if (Object.hasOwn(OIDC_WORDS, why)) return OIDC_WORDS[why as OidcFailure['code']].happened;
  if (Object.hasOwn(SIGN_IN_OBSTACLE_WORDS, why))
    return SIGN_IN_OBSTACLE_WORDS[why as SignInObstacle].happened;
  return KEEP_WORDS[why as KeepTrouble];
}

/** Why nobody was signed out: one or two sentences. */
export function signOutTrouble({ why }: Extract<SignOutAnswer, { ok: false }>): string {
  switch (why.code) {
    case 'not-signed-in':
      return 'Nobody is signed in any more.';
    case 'not-revoked':
      return `${OIDC_WORDS[why.failure.code].happened} Nothing was removed, since the token would stay good there.`;
    case 'keychain':
      return `${KEEP_WORDS[why.trouble]} Nothing was removed. ${KEEP_ADVICE[why.trouble]}`;
    case 'busy':
      return 'Another program is renewing the token. Nothing was removed; try again in a moment.';
  }
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
