import type { Facts } from '../facts.ts';
import type { ProgramEnd } from './program-end.ts';
import type { LoginFailure } from './claude-login.ts';
import type { LoginReading } from './login-output.ts';
import { wrongOrganisation } from './saved-login.ts';

/** What is known of a login once its program has ended by itself. */
export interface EndedLogin {
  readonly end: ProgramEnd;
  /** Of all that it said. */
  readonly reading: LoginReading;
  readonly codeSent: boolean;
  readonly after: Facts;
  /** Whether this user could write what it would have saved. */
  readonly canWrite: boolean;
}

/** As shells number an end by a signal. */
const BY_SIGNAL = 128;

/** The shell that was to become the program could not: it is not there any more, or cannot be run here. */
export function wasNotStarted({ exitCode }: ProgramEnd): boolean {
  return exitCode === 126 || exitCode === 127;
}

/**
 * Why nothing was saved, by what can be seen: the store first, then how it ended, and what it said only where nothing else
 * tells. Its exit code is no proof: an interrupt ends it with 0 (observed).
 */
export function loginFailure({ end, reading, codeSent, after, canWrite }: EndedLogin): LoginFailure {
  const { exitCode } = end;
  if (exitCode === null || exitCode > BY_SIGNAL) return 'interrupted';
  if (wasNotStarted(end) && reading.link === null && !reading.asksCode && !codeSent) return 'not-started';
  if (exitCode === 0) return storeFailure(after, canWrite) ?? 'nothing-saved';
  if (reading.reason === 'no-connection') return 'no-connection';
  if (reading.reason === 'code-refused') return 'code-refused';
  const stopped = storeFailure(after, canWrite);
  if (stopped !== null) return stopped;
  // It never came as far as a page to log in on.
  if (reading.link === null && !codeSent && (reading.reason === 'usage' || !reading.asksCode))
    return 'not-started';
  return 'refused';
}

function storeFailure(after: Facts, canWrite: boolean): LoginFailure | null {
  if (after.store.kind === 'keychain' && (after.store.state === 'locked' || after.store.state === 'denied'))
    return 'keychain-locked';
  if (!canWrite) return 'store-read-only';
  return wrongOrganisation(after) === null ? null : 'wrong-organisation';
}
