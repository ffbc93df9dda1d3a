import { STOP_WAITS } from '../../ports/started-programs.ts';
import type { Scheduler } from '../../ports/scheduler.ts';
import type { Inspection } from '../inspect.ts';
import { createFollowedSignIn } from './followed-sign-in.ts';
import { logOut, prepareLogin, prepareLogOut, runLogin } from './login-steps.ts';
import { createOpenWork } from './open-work.ts';
import { prepareSignOut, runSignIn, signOut } from './organisation-steps.ts';
import { goOn, prepareSetupToken, waitsForToken } from './setup-token-steps.ts';
import { createSignInBoard, type SignInState } from './sign-in-board.ts';
import type { LoginObstacle, SignInFunctions } from './sign-in-functions.ts';
import { isUnderWay, questionOf, type SignInTask, type SignInWish } from './sign-in-task.ts';
import type { StepReach } from './step-reach.ts';

/**
 * `under-way`: there is one already, and that is to be shown. `not-known`: what it was about is gone. `busy`: it cannot be left.
 * `no-browser`: there is none to open the page with.
 */
export type SignInReply = 'done' | 'under-way' | 'not-known' | 'busy' | 'no-browser';

export interface SignInDesk {
  readonly state: () => SignInState;
  readonly onChange: (listener: () => void) => void;
  /** Reads the files with the providers again. */
  readonly refresh: () => void;
  /** Settles once there is something to show. */
  readonly start: (wish: SignInWish) => Promise<SignInReply>;
  /** The same again, after it did not go well. */
  readonly retry: () => Promise<SignInReply>;
  /** Yes to the question of that name; any other is refused. */
  readonly confirm: (question: string) => Promise<SignInReply>;
  /** Hands over what was pasted; it is kept nowhere. */
  readonly sendCode: (text: string) => SignInReply;
  readonly openAgain: () => Promise<SignInReply>;
  /** For the clipboard alone. */
  readonly address: () => string | null;
  /** For the clipboard: the code that a person types on the provider’s page. */
  readonly deviceCode: () => string | null;
  /** For the clipboard: what a person may type in a terminal of their own. */
  readonly command: () => string | null;
  /** Goes on with a code that is typed on any machine, in place of the browser here. */
  readonly useDevice: () => Promise<SignInReply>;
  /** Takes that file for Claude Code, and goes on. */
  readonly chooseClaude: (path: string) => Promise<'taken' | LoginObstacle>;
  /** Ends it without harm; settles when nothing of it runs any more. */
  readonly cancel: () => Promise<SignInReply>;
  /** Forgets what is over, or was only asked. */
  readonly leave: () => SignInReply;
  readonly check: (name: string) => Promise<SignInReply>;
  /** Before the app ends: as `cancel`, but bounded. Nothing begins afterwards. */
  readonly close: () => Promise<void>;
}

export interface SignInDeskReach {
  readonly functions: SignInFunctions;
  readonly scheduler: Scheduler;
  /** What was found last, one for each mode; empty before the first look. */
  readonly inspections: () => readonly Inspection[];
  /** Looks again at once. */
  readonly lookAgain: () => Promise<void>;
}

/** Milliseconds: every step of a stop, and a breath. After that the system ends what is left. */
const LONGEST_CLOSE = STOP_WAITS.interrupt + STOP_WAITS.terminate + 2_000;

/** Leads signing in and out from the first press to what is true afterwards, one at a time, whether a window is open or not. */
export function createSignInDesk({
  functions,
  scheduler,
  inspections,
  lookAgain: look,
}: SignInDeskReach): SignInDesk {
  const lookAgain = (): Promise<void> => look().catch(() => undefined);
  const board = createSignInBoard(functions.providers);
  const work = createOpenWork(scheduler);
  const { current, follow } = createFollowedSignIn(board, work, lookAgain);
  const steps: StepReach = { functions, board, follow, lookAgain };
  let closed = false;

  async function start(wish: SignInWish): Promise<SignInReply> {
    if (closed) return 'not-known';
    const shown = board.task();
    if (isUnderWay(shown) || (wish.do === 'setup-token' && waitsForToken(shown))) return 'under-way';
    await work.until(prepare(board.begin(wish, inspections()), wish));
    return 'done';
  }

  async function prepare(id: string, wish: SignInWish): Promise<void> {
    switch (wish.do) {
      case 'login':
        return prepareLogin(steps, id, wish);
      case 'sign-in':
        return runSignIn(steps, id, wish);
      case 'log-out':
        return prepareLogOut(steps, id);
      case 'setup-token':
        return prepareSetupToken(steps, id);
      case 'sign-out':
        prepareSignOut(steps, id, wish);
    }
  }

  async function confirm(question: string): Promise<SignInReply> {
    const asked = board.task();
    if (closed || asked === null || questionOf(asked) !== question) return 'not-known';
    const next = afterYes(asked);
    if (next === null) return 'not-known';
    await work.until(next);
    return 'done';
  }

  /** `null`: nothing was asked. */
  function afterYes(asked: SignInTask): Promise<void> | null {
    const { wish } = asked;
    switch (asked.kind) {
      case 'before-login':
        return wish.do === 'login' ? runLogin(steps, asked.id, wish, asked.preview, asked.then) : null;
      case 'log-out':
        return logOut(steps, asked);
      case 'setup-token':
        return goOn(steps, asked);
      case 'sign-out':
        return wish.do === 'sign-out' ? signOut(steps, asked, wish.name) : null;
      case 'preparing':
      case 'login':
      case 'sign-in':
      case 'obstacle':
        return null;
    }
  }

  async function retry(): Promise<SignInReply> {
    const now = board.task();
    return now === null || questionOf(now) === now.id ? 'not-known' : start(now.wish);
  }

  async function cancel(): Promise<SignInReply> {
    const now = board.task();
    if (now?.kind === 'preparing') {
      board.put({ ...now, cancelling: true });
      return 'done';
    }
    const own = current();
    if (own === null || (now?.kind !== 'login' && now?.kind !== 'sign-in')) return 'not-known';
    board.put({ ...now, cancelling: true });
    await work.until(own.cancel().catch(() => undefined));
    return 'done';
  }

  async function useDevice(): Promise<SignInReply> {
    const now = board.task();
    if (now?.kind !== 'sign-in' || now.wish.do !== 'sign-in' || now.wish.manner === 'device')
      return 'not-known';
    if (now.entry?.provider.deviceFlow !== true) return 'not-known';
    const { id, wish } = now;
    const own = current();
    if (own !== null) {
      await cancel();
      await own.ended.catch(() => undefined);
    }
    // Meanwhile it may have ended well, or something else was begun.
    const left = board.task();
    if (left?.id !== id || left.kind !== 'sign-in' || left.state.step.at === 'done') return 'done';
    return start({ ...wish, manner: 'device' });
  }

  async function check(name: string): Promise<SignInReply> {
    if (closed || board.entryOf(name)?.isFormer !== false) return 'not-known';
    if (board.state().checks[name] === 'checking') return 'done';
    board.putCheck(name, 'checking');
    board.putCheck(name, await functions.checkProvider(name).catch(() => null));
    return 'done';
  }

  return {
    state: board.state,
    onChange: board.onChange,
    refresh: board.refresh,
    start,
    retry,
    confirm,
    sendCode: (text) => {
      const own = current();
      if (own === null) return 'not-known';
      own.paste(text);
      return 'done';
    },
    openAgain: async () => {
      const own = current();
      if (own === null) return 'not-known';
      const opened = await own.openAgain().catch(() => 'failed' as const);
      return opened === 'opened' ? 'done' : 'no-browser';
    },
    address: () => current()?.address() ?? null,
    deviceCode: () => {
      const now = board.task();
      return now?.kind === 'sign-in' && now.state.step.at === 'device' ? now.state.step.userCode : null;
    },
    command: () => {
      const now = board.task();
      return now?.kind === 'setup-token' ? now.preview.command : null;
    },
    useDevice,
    chooseClaude: async (path) => {
      const taken = await functions.chooseClaude(path).catch(() => 'not-started' as const);
      const now = board.task();
      if (taken === 'taken' && now?.kind === 'obstacle') await start(now.wish);
      return taken;
    },
    cancel,
    leave: () => {
      if (isUnderWay(board.task())) return 'busy';
      board.clear();
      return 'done';
    },
    check,
    close: async () => {
      closed = true;
      // Not waited for here: it may take as long as it likes.
      void cancel();
      await work.settled(LONGEST_CLOSE);
    },
  };
}
