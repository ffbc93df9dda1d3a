import type { Screen, Snapshot } from '../../shared/ipc/snapshot.ts';
import {
  canChoose,
  changesEmpty,
  changesMany,
  changesRefused,
  done,
  doneNotUndone,
  hostileChange,
  keyRefused,
  plan,
  planOfMany,
  planOfNothing,
  planProblem,
  planWorking,
  question,
  questionOfLeaving,
  undone,
} from './made-up/changes.ts';
import { calm, hard } from './made-up/hard.ts';
import { hostile, longPaths, manyConflicts } from './made-up/hostile.ts';
import * as logins from './made-up/claude-logins.ts';
import * as organisations from './made-up/organisation-sign-ins.ts';
import * as hardSignIns from './made-up/hard-sign-ins.ts';
import * as ends from './made-up/sign-in-ends.ts';
import * as tokens from './made-up/setup-tokens.ts';
import { asks, brokenSettings, nothingFound, twoCredentials, unknown } from './made-up/other-answers.ts';
import { failed, firstRun, matrix, settings } from './made-up/tasks.ts';

export interface Picture {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly screen: Screen;
  /** The button that is pressed before the picture is taken. */
  readonly press?: string;
}

const shown = (name: string, snapshot: Snapshot, more: Partial<Picture> = {}): Picture => ({
  name,
  snapshot,
  screen: 'answer',
  ...more,
});

/** One for each screen and state that was drawn beforehand, and those that test it hardest. */
export const PICTURES: readonly Picture[] = [
  shown('hard', hard),
  shown('calm', calm),
  shown('two-credentials', twoCredentials),
  shown('rung-open', hard, { press: 'API key ANTHROPIC_API_KEY' }),
  shown('first-run', firstRun),
  shown('nothing-found', nothingFound),
  shown('broken-settings', brokenSettings),
  shown('matrix', matrix, { screen: 'matrix' }),
  shown('settings', settings, { screen: 'settings' }),
  shown('settings-remove', settings, { screen: 'settings', press: 'Remove all of Credence’s own data…' }),
  shown('failed', failed),
  shown('looking', { ...hard, looking: true }),
  shown('asks', asks),
  shown('unknown', unknown),
  shown('hostile', hostile),
  shown('long-paths', longPaths),
  shown('many-conflicts', manyConflicts),
  shown('can-choose', canChoose),
  shown('key-refused', keyRefused),
  shown('question', question),
  shown('question-leave', questionOfLeaving),
  shown('plan', plan),
  shown('plan-many', planOfMany),
  shown('plan-nothing', planOfNothing),
  shown('plan-working', planWorking),
  shown('plan-problem', planProblem),
  shown('plan-hostile', hostileChange),
  shown('done', done),
  shown('done-not-undone', doneNotUndone),
  shown('undone', undone),
  shown('changes', changesMany, { screen: 'changes' }),
  shown('changes-empty', changesEmpty, { screen: 'changes' }),
  shown('changes-refused', changesRefused, { screen: 'changes' }),
  shown('login-starting', logins.loginStarting),
  shown('login-waiting', logins.loginWaiting),
  shown('login-code-incomplete', logins.loginCodeIncomplete),
  shown('login-code-sent', logins.loginCodeSent),
  shown('login-checking', logins.loginChecking),
  shown('login-stopping', logins.loginStopping),
  shown('login-done', logins.loginDone),
  shown('login-failed', logins.loginFailed),
  shown('login-cancelled', logins.loginCancelled),
  shown('login-no-claude', logins.noClaude),
  shown('login-behind-answer', logins.loginWaiting, { press: 'Answer' }),
  shown('before-login', logins.beforeLogin),
  shown('log-out', logins.logOut),
  shown('log-out-working', logins.logOutWorking),
  shown('setup-token', tokens.setupToken),
  shown('setup-token-opening', tokens.setupTokenOpening),
  shown('setup-token-made', tokens.setupTokenMade),
  shown('setup-token-typed', tokens.setupTokenTyped),
  shown('setup-token-not-kept', tokens.setupTokenNotKept),
  shown('setup-token-done', tokens.setupTokenDone),
  shown('setup-token-long', tokens.setupTokenLong),
  shown('setup-token-hostile', tokens.setupTokenHostile),
  shown('sign-in-waiting', organisations.organisationWaiting),
  shown('sign-in-device', organisations.organisationDevice),
  shown('sign-in-failed', organisations.organisationFailed),
  shown('sign-out-anyway', organisations.signOutAnyway),
  shown('sign-in-long', hardSignIns.longSignIn),
  shown('log-out-long', hardSignIns.longLogOut),
  shown('sign-in-hostile', hardSignIns.hostileSignIn),
  shown('settings-providers', organisations.providerSettings, { screen: 'settings' }),
  shown('settings-providers-hostile', hardSignIns.hostileProviders, { screen: 'settings' }),
  shown('sign-in-preparing', ends.preparing),
  shown('sign-in-expired', ends.expired),
  shown('sign-in-second', ends.second),
  shown('sign-in-not-kept', ends.notKept),
  shown('sign-in-longest-failure', ends.longestSignInFailure),
  shown('sign-in-done', ends.signedIn),
  shown('login-longest-failure', ends.longestLoginFailure),
  shown('login-not-allowed', ends.notAllowed),
  shown('login-long-names', ends.longNames),
  shown('logged-out', ends.loggedOut),
  shown('settings-no-providers', ends.noProviders, { screen: 'settings' }),
  shown('settings-many-providers', ends.manyProviders, { screen: 'settings' }),
  shown('menu', hard, { press: 'Credence Menu' }),
];
