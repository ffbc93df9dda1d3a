import { STOP_WAITS } from '../../ports/started-programs.ts';
import type { Scheduler } from '../../ports/scheduler.ts';
import type { Inspection } from '../inspect.ts';
import type {
  RunningClaudeLogin,
  RunningOrganisationSignIn,
  RunningSignIn,
} from '../sign-in/running-sign-in.ts';
import { goOn, setupTokenTask, waitsForToken } from './setup-token-steps.ts';
import {
  NO_PROVIDERS,
  type LoginObstacle,
  type LoginPreview,
  type ProviderCheck,
  type ProviderEntry,
  type ProvidersState,
  type SignInFunctions,
} from './sign-in-functions.ts';
import {
  asksFirst,
  isUnderWay,
  questionOf,
  withLogin,
  withoutLogin,
  type SignInTask,
  type SignInTaskOf,
  type SignInWish,
} from './sign-in-task.ts';

export interface SignInState {
  readonly task: SignInTask | null;
  readonly providers: ProvidersState;
  /** What each provider that was asked said last, by name. */
  readonly checks: Readonly<Record<string, ProviderCheck | 'checking'>>;
}

export const NO_SIGN_IN: SignInState = { task: null, providers: NO_PROVIDERS, checks: {} };

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

type Running = RunningClaudeLogin | RunningOrganisationSignIn;

/** Leads signing in and out from the first press to what is true afterwards, one at a time, whether a window is open or not. */
export function createSignInDesk(reach: SignInDeskReach): SignInDesk {
  const { functions, scheduler } = reach;
  let listener = (): void => undefined;
  let state = NO_SIGN_IN;
  let count = 0;
  let running: Running | null = null;
  let closed = false;
  /** What has to end before the app may. */
  const open = new Set<Promise<unknown>>();

  const set = (change: Partial<SignInState>): void => {
    state = { ...state, ...change };
    listener();
  };
  const task = (): SignInTask | null => state.task;
  /** Whether that attempt is still the one that is shown: what comes back from another is dropped. */
  const isOwn = (id: string): boolean => state.task?.id === id;
  const put = (next: SignInTask): void => {
    if (isOwn(next.id)) set({ task: next });
  };
  const until = <T>(promise: Promise<T>): Promise<T> => {
    const settled = promise.catch(() => undefined).finally(() => open.delete(settled));
    open.add(settled);
    return promise;
  };
  const providers = (): ProvidersState => {
    try {
      return functions.providers();
    } catch {
      return state.providers;
    }
  };
  const entryOf = (name: string): ProviderEntry | null =>
    state.providers.entries.find(({ provider }) => provider.name === name) ?? null;
  const lookAgain = (): Promise<void> => reach.lookAgain().catch(() => undefined);

  function obstacle(id: string, given: SignInTaskOf<'obstacle'>['obstacle']): void {
    const now = task();
    if (now?.id === id) put({ id, wish: now.wish, before: now.before, kind: 'obstacle', obstacle: given });
  }

  /** `true`: somebody has cancelled while nothing ran yet, so nothing will. */
  function isGone(id: string): boolean {
    const now = task();
    if (now?.id !== id) return true;
    if (now.kind !== 'preparing' || (!now.cancelling && !closed)) return false;
    set({ task: null });
    return true;
  }

  async function start(wish: SignInWish): Promise<SignInReply> {
    if (closed) return 'not-known';
    if (isUnderWay(state.task) || (wish.do === 'setup-token' && waitsForToken(state.task)))
      return 'under-way';
    count += 1;
    const id = `sign-in-${String(count)}`;
    set({
      task: { kind: 'preparing', id, wish, before: reach.inspections(), cancelling: false },
      providers: providers(),
    });
    switch (wish.do) {
      case 'login':
        await until(prepareLogin(id, wish));
        break;
      case 'sign-in':
        await until(runSignIn(id, wish));
        break;
      case 'log-out':
        await until(prepareLogOut(id, wish));
        break;
      case 'setup-token':
        await until(prepareSetupToken(id));
        break;
      case 'sign-out': {
        const entry = entryOf(wish.name);
        if (entry === null) obstacle(id, { of: 'sign-in', code: 'not-configured' });
        else ask(id, { kind: 'sign-out', entry, at: 'question', answer: null });
      }
    }
    return 'done';
  }

  /** Puts what is asked in the place of what was prepared. */
  function ask(id: string, asked: Asked): void {
    const now = task();
    if (now?.id === id) put({ ...asked, id, wish: now.wish, before: now.before });
  }

  async function prepareLogin(id: string, wish: WishOf<'login'>): Promise<void> {
    const preview = await functions.previewLogin(wish.way).catch(() => NOT_STARTED);
    if (isGone(id)) return;
    if (!preview.ok) {
      obstacle(id, { of: 'login', code: preview.obstacle });
      return;
    }
    const then = withLogin(task()?.before ?? [], wish.way);
    if (asksFirst(preview, then, wish.way)) ask(id, { kind: 'before-login', preview, then });
    else await runLogin(id, wish, preview, then);
  }

  async function runLogin(
    id: string,
    wish: WishOf<'login'>,
    preview: Extract<LoginPreview, { ok: true }>,
    then: readonly Inspection[],
  ): Promise<void> {
    const before = task()?.before ?? [];
    put({ kind: 'preparing', id, wish, before, cancelling: false });
    const started = await functions.startLogin(wish.way, null).catch(() => NOT_STARTED);
    if (isGone(id)) {
      if (started.ok) await started.login.cancel().catch(() => undefined);
      return;
    }
    if (!started.ok) {
      obstacle(id, { of: 'login', code: started.obstacle });
      return;
    }
    const { login } = started;
    running = login;
    const state = login.state();
    put({ kind: 'login', id, wish, before, preview, then, state, cancelling: false, looked: false });
    follow(id, login, (state) => {
      const now = task();
      if (now?.id === id && now.kind === 'login') put({ ...now, state });
    });
  }

  async function runSignIn(id: string, wish: WishOf<'sign-in'>): Promise<void> {
    const started = await functions
      .startSignIn(wish.name, wish.manner)
      .catch(() => ({ ok: false, obstacle: 'not-available' }) as const);
    if (isGone(id)) {
      if (started.ok) await started.signIn.cancel().catch(() => undefined);
      return;
    }
    if (!started.ok) {
      obstacle(id, { of: 'sign-in', code: started.obstacle });
      return;
    }
    const { signIn } = started;
    running = signIn;
    const before = task()?.before ?? [];
    const entry = entryOf(wish.name);
    put({
      kind: 'sign-in',
      id,
      wish,
      before,
      entry,
      state: signIn.state(),
      cancelling: false,
      looked: false,
    });
    follow(id, signIn, (state) => {
      const now = task();
      if (now?.id === id && now.kind === 'sign-in') put({ ...now, state });
    });
  }

  /** Shows what becomes of it, and in the end what is true then. */
  function follow<State>(id: string, own: RunningSignIn<State>, show: (state: State) => void): void {
    own.onChange(() => {
      // What is said after its end, or of another attempt, changes nothing.
      if (running === own) show(own.state());
    });
    void until(
      own.ended
        .catch(() => own.state())
        .then(async (last) => {
          show(last);
          if (running === own) running = null;
          await lookAgain();
          const now = task();
          if (now?.id === id && (now.kind === 'login' || now.kind === 'sign-in'))
            set({ task: { ...now, looked: true }, providers: providers() });
          else set({ providers: providers() });
        }),
    );
  }

  async function prepareLogOut(id: string, wish: WishOf<'log-out'>): Promise<void> {
    const preview = await functions.previewLogOut().catch(() => NOT_STARTED);
    if (isGone(id)) return;
    if (!preview.ok) {
      obstacle(id, { of: 'login', code: preview.obstacle });
      return;
    }
    const before = task()?.before ?? [];
    const then = withoutLogin(before);
    put({ kind: 'log-out', id, wish, before, preview, then, at: 'question', result: null });
  }

  async function prepareSetupToken(id: string): Promise<void> {
    const preview = await functions.previewSetupToken().catch(() => NOT_STARTED);
    if (isGone(id)) return;
    if (preview.ok) ask(id, setupTokenTask(preview));
    else obstacle(id, { of: 'login', code: preview.obstacle });
  }

  async function logOut(asked: SignInTaskOf<'log-out'>): Promise<void> {
    put({ ...asked, at: 'working' });
    const result = await functions.logOut().catch(() => ({ ok: false, why: 'not-started' }) as const);
    // Whatever it says: something may be gone.
    await lookAgain();
    put({ ...asked, at: result.ok ? 'done' : 'failed', result });
  }

  async function signOut(asked: SignInTaskOf<'sign-out'>, name: string, anyway: boolean): Promise<void> {
    put({ ...asked, at: 'working' });
    const answer = await functions
      .signOut(name, anyway)
      .catch(() => ({ ok: false, why: { code: 'busy' } }) as const);
    await lookAgain();
    put({ ...asked, at: answer.ok ? 'done' : 'failed', answer });
    set({ providers: providers() });
  }

  async function confirm(question: string): Promise<SignInReply> {
    const asked = task();
    if (closed || asked === null || questionOf(asked) !== question) return 'not-known';
    switch (asked.kind) {
      case 'before-login':
        if (asked.wish.do !== 'login') return 'not-known';
        await until(runLogin(asked.id, asked.wish, asked.preview, asked.then));
        return 'done';
      case 'log-out':
        await until(logOut(asked));
        return 'done';
      case 'setup-token':
        await until(goOn(asked, { functions, put, lookAgain }));
        return 'done';
      case 'sign-out':
        if (asked.wish.do !== 'sign-out') return 'not-known';
        await until(signOut(asked, asked.wish.name, asked.at === 'failed'));
        return 'done';
      case 'preparing':
      case 'login':
      case 'sign-in':
      case 'obstacle':
        return 'not-known';
    }
  }

  async function cancel(): Promise<SignInReply> {
    const now = task();
    if (now?.kind === 'preparing') {
      put({ ...now, cancelling: true });
      return 'done';
    }
    const own = running;
    if (own === null || (now?.kind !== 'login' && now?.kind !== 'sign-in')) return 'not-known';
    put({ ...now, cancelling: true });
    await until(own.cancel().catch(() => undefined));
    return 'done';
  }

  async function useDevice(): Promise<SignInReply> {
    const now = task();
    if (now?.kind !== 'sign-in' || now.wish.do !== 'sign-in' || now.wish.manner === 'device')
      return 'not-known';
    if (now.entry?.provider.deviceFlow !== true) return 'not-known';
    const { id, wish } = now;
    const own = running;
    if (own !== null) {
      await cancel();
      await own.ended.catch(() => undefined);
    }
    // Meanwhile it may have ended well, or something else was begun.
    const left = task();
    if (left?.id !== id || left.kind !== 'sign-in' || left.state.step.at === 'done') return 'done';
    return start({ ...wish, manner: 'device' });
  }

  function leave(): SignInReply {
    if (isUnderWay(state.task)) return 'busy';
    if (state.task !== null) set({ task: null });
    return 'done';
  }

  const retry = (): Promise<SignInReply> => {
    const now = task();
    return now === null || questionOf(now) === now.id ? Promise.resolve('not-known') : start(now.wish);
  };

  async function check(name: string): Promise<SignInReply> {
    if (closed || entryOf(name) === null) return 'not-known';
    if (state.checks[name] === 'checking') return 'done';
    set({ checks: { ...state.checks, [name]: 'checking' } });
    const said = await functions.checkProvider(name).catch(() => null);
    const others = Object.fromEntries(Object.entries(state.checks).filter(([other]) => other !== name));
    set({ checks: said === null ? others : { ...others, [name]: said } });
    return 'done';
  }

  return {
    state: () => state,
    onChange: (next) => {
      listener = next;
    },
    refresh: () => {
      set({ providers: providers() });
    },
    start,
    retry,
    confirm,
    sendCode: (text) => {
      if (running === null) return 'not-known';
      running.paste(text);
      return 'done';
    },
    openAgain: async () => {
      if (running === null) return 'not-known';
      const opened = await running.openAgain().catch(() => 'failed' as const);
      return opened === 'opened' ? 'done' : 'no-browser';
    },
    address: () => running?.address() ?? null,
    deviceCode: () => {
      const now = task();
      return now?.kind === 'sign-in' && now.state.step.at === 'device' ? now.state.step.userCode : null;
    },
    command: () => {
      const now = task();
      return now?.kind === 'setup-token' ? now.preview.command : null;
    },
    useDevice,
    chooseClaude: async (path) => {
      const taken = await functions.chooseClaude(path).catch(() => 'not-started' as const);
      const now = task();
      if (taken === 'taken' && now?.kind === 'obstacle') await start(now.wish);
      return taken;
    },
    cancel,
    leave,
    check,
    close: async () => {
      closed = true;
      // Not waited for here: it may take as long as it likes.
      void cancel();
      let stopWaiting = (): void => undefined;
      const bound = new Promise<void>((resolve) => {
        stopWaiting = scheduler.after(LONGEST_CLOSE, resolve);
      });
      await Promise.race([settledAll(open), bound]);
      stopWaiting();
    },
  };
}

type WishOf<Do extends SignInWish['do']> = Extract<SignInWish, { readonly do: Do }>;
/** Without what every task has. */
type Asked =
  | Pick<SignInTaskOf<'before-login'>, 'kind' | 'preview' | 'then'>
  | ReturnType<typeof setupTokenTask>
  | Pick<SignInTaskOf<'sign-out'>, 'kind' | 'entry' | 'at' | 'answer'>;

const NOT_STARTED = { ok: false, obstacle: 'not-started' } as const;

/** Also what begins while the rest ends. */
async function settledAll(open: ReadonlySet<Promise<unknown>>): Promise<void> {
  while (open.size > 0) await Promise.allSettled(open);
}
