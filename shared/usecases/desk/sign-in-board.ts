import type { Inspection } from '../inspect.ts';
import {
  NO_PROVIDERS,
  type ProviderCheck,
  type ProviderEntry,
  type ProvidersState,
  type SignInFunctions,
} from './sign-in-functions.ts';
import type { SignInTask, SignInTaskOf, SignInWish } from './sign-in-task.ts';

export interface SignInState {
  readonly task: SignInTask | null;
  readonly providers: ProvidersState;
  /** What each provider that was asked said last, by name. */
  readonly checks: Readonly<Record<string, ProviderCheck | 'checking'>>;
}

export const NO_SIGN_IN: SignInState = { task: null, providers: NO_PROVIDERS, checks: {} };

/** The one attempt that is shown, for all that works on it. Whatever comes back from another attempt changes nothing. */
export interface SignInBoard {
  readonly state: () => SignInState;
  readonly task: () => SignInTask | null;
  readonly onChange: (listener: () => void) => void;
  /** A new attempt takes the place of what was shown; its name. */
  readonly begin: (wish: SignInWish, before: readonly Inspection[]) => string;
  readonly put: (next: SignInTask) => void;
  /** Puts what is asked in the place of what was prepared. */
  readonly ask: (id: string, asked: AskedTask) => void;
  readonly obstacle: (id: string, obstacle: SignInTaskOf<'obstacle'>['obstacle']) => void;
  /** `true`: somebody has cancelled while nothing ran yet, so nothing will; it is not shown any more. */
  readonly isGone: (id: string) => boolean;
  /** What is true after the end of that attempt has been looked at. */
  readonly putLooked: (id: string) => void;
  readonly clear: () => void;
  readonly entryOf: (name: string) => ProviderEntry | null;
  /** Reads the files with the providers again. */
  readonly refresh: () => void;
  /** `null`: as if it had never been asked. */
  readonly putCheck: (name: string, said: ProviderCheck | 'checking' | null) => void;
}

/** A task without what every task has. */
type Bare<Task> = Task extends SignInTask ? Omit<Task, 'id' | 'wish' | 'before'> : never;
export type AskedTask = Bare<SignInTaskOf<'before-login' | 'log-out' | 'setup-token' | 'sign-out'>>;

export function createSignInBoard(readProviders: SignInFunctions['providers']): SignInBoard {
  let listener = (): void => undefined;
  let state = NO_SIGN_IN;
  let count = 0;

  const set = (change: Partial<SignInState>): void => {
    state = { ...state, ...change };
    listener();
  };
  const task = (): SignInTask | null => state.task;
  const put = (next: SignInTask): void => {
    if (state.task?.id === next.id) set({ task: next });
  };
  const providers = (): ProvidersState => {
    try {
      return readProviders();
    } catch {
      return state.providers;
    }
  };

  return {
    state: () => state,
    task,
    onChange: (next) => {
      listener = next;
    },
    begin: (wish, before) => {
      count += 1;
      const id = `sign-in-${String(count)}`;
      set({ task: { kind: 'preparing', id, wish, before, cancelling: false }, providers: providers() });
      return id;
    },
    put,
    ask: (id, asked) => {
      const now = task();
      if (now?.id === id) put({ ...asked, id, wish: now.wish, before: now.before });
    },
    obstacle: (id, obstacle) => {
      const now = task();
      if (now?.id === id) put({ kind: 'obstacle', id, wish: now.wish, before: now.before, obstacle });
    },
    isGone: (id) => {
      const now = task();
      if (now?.id !== id) return true;
      if (now.kind !== 'preparing' || !now.cancelling) return false;
      set({ task: null });
      return true;
    },
    putLooked: (id) => {
      const now = task();
      const ended = now?.id === id && (now.kind === 'login' || now.kind === 'sign-in') ? now : null;
      set({ ...(ended === null ? {} : { task: { ...ended, looked: true } }), providers: providers() });
    },
    clear: () => {
      if (state.task !== null) set({ task: null });
    },
    entryOf: (name) => state.providers.entries.find(({ provider }) => provider.name === name) ?? null,
    refresh: () => {
      set({ providers: providers() });
    },
    putCheck: (name, said) => {
      const others = Object.fromEntries(Object.entries(state.checks).filter(([other]) => other !== name));
      set({ checks: said === null ? others : { ...others, [name]: said } });
    },
  };
}
