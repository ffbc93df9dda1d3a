import { wasNotStarted } from '../../core/sign-in/login-failure.ts';
import type { Facts } from '../../core/facts.ts';
import type { Origin } from '../../core/origin.ts';
import { NO_OUTPUT, readingOf, withPiece } from '../../core/sign-in/login-output.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ProgramEnd } from '../../core/sign-in/program-end.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import type { GatherRequest } from '../gather/gather-request.ts';
import type { SignInPorts } from './sign-in-ports.ts';
import type { ProgramToStart } from './start-claude-login.ts';

/** What `claude auth logout` deletes (observed with 2.1.328); `null` and 0: there is none. */
export interface LogoutPreview {
  readonly login: { readonly plan: string | null; readonly origin: Origin } | null;
  readonly consoleKey: Origin | null;
  readonly account: { readonly email: string | null; readonly organisation: string | null } | null;
  /** Logins of connectors: they lie in the same file, which goes as a whole. */
  readonly mcpLogins: number;
  /** Entries of the same file whose kind is not known. */
  readonly otherEntries: readonly string[];
  /** The file that goes as a whole; `null`: it is not there, or the keychain holds the login. */
  readonly file: string | null;
  /** Credentials that stay, so that Claude Code may go on without a login. */
  readonly stays: readonly ('variables' | 'profiles' | 'helper')[];
}

export function logoutPreview({
  store,
  claudeJson,
  consoleKey,
  profiles,
  helpers,
  layers,
}: Facts): LogoutPreview {
  const { account } = claudeJson;
  const hasValue = layers.some(({ entries }) =>
    Object.values(entries).some(({ state, fingerprint }) => state === 'value' && fingerprint !== null),
  );
  return {
    login: store.login === null ? null : { plan: store.login.plan, origin: store.login.reading.origin },
    consoleKey: consoleKey?.origin ?? null,
    account: account === null ? null : { email: account.email, organisation: account.organisationName },
    mcpLogins: store.mcpLogins,
    otherEntries: store.otherKeys,
    file: store.kind === 'credentials-file' && store.state !== 'absent' ? store.path : null,
    stays: [
      ...(hasValue ? (['variables'] as const) : []),
      ...(profiles.readings.length > 0 ? (['profiles'] as const) : []),
      ...(helpers.some(({ blank }) => !blank) ? (['helper'] as const) : []),
    ],
  };
}

/** Whether there is anything for a logout to delete. */
export function isAnythingToDelete({
  login,
  consoleKey,
  account,
  mcpLogins,
  otherEntries,
}: LogoutPreview): boolean {
  return (
    login !== null || consoleKey !== null || account !== null || mcpLogins > 0 || otherEntries.length > 0
  );
}

export interface LogoutRequest {
  readonly program: ProgramToStart;
  readonly look: GatherRequest;
}

/** What a logout has left. */
export const LOGOUT_LEFT = ['login', 'console-key', 'account'] as const;
export type LogoutLeft = (typeof LOGOUT_LEFT)[number];

export interface LogoutResult {
  /** By the stores alone: `still-there` where something of {@link LOGOUT_LEFT} is, whatever the program says. */
  readonly outcome: 'gone' | 'still-there' | 'not-started' | 'timed-out' | 'cancelled';
  readonly left: readonly LogoutLeft[];
  /** A hint from its words: the server did not confirm it, so what was copied before may still work for a while. */
  readonly unconfirmed: boolean;
  /** A page of a known host that it named, where the rest can be done. */
  readonly page: string | null;
  /** As it is now. */
  readonly after: Facts;
}

export interface RunningLogout {
  /** Ends it without harm. What was deleted by then stays deleted. */
  readonly cancel: () => Promise<void>;
  /** Never rejects but where looking itself does. */
  readonly ended: Promise<LogoutResult>;
}

/** It asks the server first, and a refresh may be under way, which must not be cut off: milliseconds. */
export const LOGOUT_DEADLINE = 90_000;

/** Logs out through `claude auth logout`, and tells by the stores what is true then. Not to be begun without a yes. */
export function startClaudeLogout(
  ports: Ports & Pick<SignInPorts, 'programs' | 'scheduler'>,
  { program: { path, variables, folder }, look }: LogoutRequest,
): RunningLogout {
  let output = NO_OUTPUT;
  let wish: 'none' | 'cancel' | 'time-out' = 'none';
  const program = ports.programs.start({
    file: path,
    args: ['auth', 'logout'],
    folder,
    variables,
    onOutput: (text, from) => {
      output = withPiece(output, text, from);
    },
  });
  const stop = async (why: 'cancel' | 'time-out'): Promise<void> => {
    if (wish === 'none') wish = why;
    await program?.stop();
  };
  const run = async (): Promise<LogoutResult> => {
    const forgetDeadline = ports.scheduler.after(LOGOUT_DEADLINE, () => void stop('time-out'));
    const end = (await program?.ended) ?? null;
    forgetDeadline();
    const { link, signs } = readingOf(output, true);
    output = NO_OUTPUT;
    const after = await gatherFacts(ports, look);
    const left = leftIn(after);
    const outcome = left.length === 0 && end !== null ? 'gone' : troubleOf(end, wish);
    return { outcome, left, unconfirmed: signs.includes('unconfirmed'), page: link?.url ?? null, after };
  };
  const ended = run();
  return {
    ended,
    cancel: async () => {
      await stop('cancel');
      await ended;
    },
  };
}

function troubleOf(end: ProgramEnd | null, wish: 'none' | 'cancel' | 'time-out'): LogoutResult['outcome'] {
  if (end === null || wasNotStarted(end)) return 'not-started';
  if (wish === 'none' || end.by === 'itself') return 'still-there';
  return wish === 'cancel' ? 'cancelled' : 'timed-out';
}

function leftIn({ store, consoleKey, claudeJson }: Facts): readonly LogoutLeft[] {
  return LOGOUT_LEFT.filter((one) => {
    switch (one) {
      case 'login':
        return store.login !== null && store.login.reading.flaw !== 'login-stub';
      case 'console-key':
        return consoleKey !== null;
      case 'account':
        return claudeJson.account !== null;
    }
  });
}
