import type { ClaudeLoginState, LoginStep, LoginWay } from '../../core/sign-in/claude-login.ts';
import { loginArguments } from '../../core/sign-in/login-arguments.ts';
import { loginFailure } from '../../core/sign-in/login-failure.ts';
import { NO_OUTPUT, readingOf, withCodeSent, withPiece } from '../../core/sign-in/login-output.ts';
import { stateOfLink } from '../../core/sign-in/link-search.ts';
import { pastedCode } from '../../core/sign-in/pasted-code.ts';
import {
  isMoreThanRefresh,
  outcomeOf,
  savedLogin,
  wrongOrganisation,
} from '../../core/sign-in/saved-login.ts';
import type { Facts } from '../../core/facts.ts';
import type { FileWriter } from '../../ports/file-writer.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ProgramEnd } from '../../core/sign-in/program-end.ts';
import type { StartedProgram } from '../../ports/started-programs.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import type { GatherRequest } from '../gather/gather-request.ts';
import { canWriteStores } from './can-write-stores.ts';
import type { RunningClaudeLogin } from './running-sign-in.ts';
import type { SignInPorts } from './sign-in-ports.ts';

export type ClaudeLoginPorts = Ports &
  Pick<SignInPorts, 'programs' | 'browser' | 'scheduler'> & { readonly writer: Pick<FileWriter, 'look'> };

export interface ClaudeLoginRequest {
  readonly way: LoginWay;
  /** Filled in on the page; `null`: none. What is no plain address starts nothing. */
  readonly email: string | null;
  readonly program: ProgramToStart;
  /** How to look at the stores before and after: for the folder and environment that the program is started in. */
  readonly look: GatherRequest;
}

/** The unmodified `claude`, and what it is started with. */
export interface ProgramToStart {
  /** Absolute. */
  readonly path: string;
  /** All of its environment. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

/** Nobody sits before a login page for longer, and whoever comes back tomorrow wants a new one: milliseconds. */
export const LONGEST_WAIT = 60 * 60_000;
/** So long after the last piece of output what stands at its end is taken for whole: milliseconds. */
export const QUIET = 700;

/**
 * Logs in through `claude auth login` on plain pipes. What it says is read for a link and a question, and kept nowhere; a pasted
 * code goes to its standard input and nowhere else. Whether it went well is read off the stores, before and after.
 */
export function startClaudeLogin(ports: ClaudeLoginPorts, request: ClaudeLoginRequest): RunningClaudeLogin {
  const { way, look } = request;
  const listeners: (() => void)[] = [];
  let state: ClaudeLoginState = {
    way,
    step: { at: 'starting' },
    startedAt: ports.clock.now(),
    browserAt: null,
    link: null,
    asksCode: false,
    code: 'none',
  };
  let output = NO_OUTPUT;
  let program: StartedProgram | null = null;
  let wish: 'none' | 'cancel' | 'time-out' = 'none';
  let forgetQuiet = (): void => undefined;

  const become = (change: Partial<ClaudeLoginState>): void => {
    const next = { ...state, ...change };
    if (isSame(state, next)) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const isWaiting = (): boolean => state.step.at === 'starting' || state.step.at === 'waiting';

  const read = (quiet: boolean): void => {
    if (!isWaiting()) return;
    const { link, printed, asksCode, saysIncomplete } = readingOf(output, quiet);
    const isThere = link !== null || asksCode;
    become({
      // The page is opened by the program itself, about when it says so.
      ...(isThere && state.browserAt === null ? { browserAt: ports.clock.now() } : {}),
      ...(printed ? { step: { at: 'waiting' } } : {}),
      link: isSameLink(link, state.link) ? state.link : link,
      asksCode: asksCode || state.asksCode,
      code: saysIncomplete && state.code === 'sent' ? 'incomplete' : state.code,
    });
  };
  const listen = (text: string, from: 'output' | 'error'): void => {
    output = withPiece(output, text, from);
    forgetQuiet();
    forgetQuiet = ports.scheduler.after(QUIET, () => {
      read(true);
    });
    read(false);
  };
  const stop = (why: 'cancel' | 'time-out'): void => {
    if (wish !== 'none' || !isWaiting()) return;
    wish = why;
    become({ step: { at: 'stopping' }, link: null, asksCode: false });
    void program?.stop();
  };

  const run = async (): Promise<LoginStep> => {
    const args = loginArguments(way, request.email);
    if (args === null) return { at: 'failed', why: 'not-started' };
    const before = await gatherFacts(ports, look);
    if (wish !== 'none') return { at: 'cancelled' };
    const { path: file, variables, folder } = request.program;
    program = ports.programs.start({ file, args, folder, variables, onOutput: listen });
    if (program === null) return { at: 'failed', why: 'not-started' };
    const forgetLimit = ports.scheduler.after(LONGEST_WAIT, () => {
      stop('time-out');
    });
    // What is there by now may be all that comes.
    forgetQuiet();
    forgetQuiet = ports.scheduler.after(QUIET, () => {
      read(true);
    });
    const end = await program.ended;
    forgetLimit();
    forgetQuiet();
    return judged(before, end);
  };
  const judged = async (before: Facts, end: ProgramEnd): Promise<LoginStep> => {
    const { codeSent } = output;
    const reading = readingOf(output, true);
    output = NO_OUTPUT;
    const byItself = end.by === 'itself';
    become({
      step: { at: wish === 'none' || byItself ? 'checking' : 'stopping' },
      link: null,
      asksCode: false,
    });
    const after = await gatherFacts(ports, look);
    const kept = savedLogin(before, after, way);
    const isDone = kept !== null && byItself && (end.exitCode === 0 || isMoreThanRefresh(before, after));
    if (isDone && wrongOrganisation(after) !== null) return { at: 'failed', why: 'wrong-organisation' };
    if (isDone) return { at: 'done', outcome: outcomeOf(after, kept) };
    if (wish !== 'none') return wish === 'cancel' ? { at: 'cancelled' } : { at: 'failed', why: 'timed-out' };
    const canWrite = await canWriteStores(ports.writer, after, way);
    return { at: 'failed', why: loginFailure({ end, reading, codeSent, after, canWrite }) };
  };
  const ended = run()
    // Whatever goes wrong in looking is no reason to leave the program behind, nor to tell more than a code.
    .catch(async (): Promise<LoginStep> => {
      await program?.stop();
      return { at: 'failed', why: 'interrupted' };
    })
    .then((step) => {
      output = NO_OUTPUT;
      become({ step, link: null, asksCode: false });
      return state;
    });

  return {
    state: () => state,
    onChange: (listener) => {
      listeners.push(listener);
    },
    paste: (text) => {
      if (program === null || !isWaiting()) return;
      const pasted = pastedCode(text);
      const expected = state.link === null ? null : stateOfLink(state.link);
      if (!pasted.complete) {
        become({ code: 'incomplete' });
      } else if (expected !== null && pasted.state !== expected) {
        become({ code: 'other-attempt' });
      } else {
        output = withCodeSent(output);
        become({ code: program.send(`${pasted.text}\n`) ? 'sent' : state.code });
      }
    },
    openAgain: () => (state.link === null ? Promise.resolve('failed') : ports.browser.open(state.link.url)),
    address: () => state.link?.url ?? null,
    cancel: async () => {
      stop('cancel');
      await ended;
    },
    ended,
  };
}

function isSame(one: ClaudeLoginState, other: ClaudeLoginState): boolean {
  return (
    one.step.at === other.step.at &&
    one.browserAt === other.browserAt &&
    one.link === other.link &&
    one.asksCode === other.asksCode &&
    one.code === other.code
  );
}

const isSameLink = (one: ClaudeLoginState['link'], other: ClaudeLoginState['link']): boolean =>
  one?.url === other?.url;
