/** How a person wants to log in; each is an option of `claude auth login`. */
export const LOGIN_WAYS = ['claude', 'console', 'sso'] as const;
export type LoginWay = (typeof LOGIN_WAYS)[number];

/**
 * A login through Claude Code, from its start to its end. Nothing in it is secret but the link, which holds no code but what binds
 * the attempt, and is given to nobody but the browser and the clipboard.
 */
export interface ClaudeLoginState {
  readonly way: LoginWay;
  readonly step: LoginStep;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** `null` until that step was reached. */
  readonly browserAt: number | null;
  /** Something to open or copy again; only ever one of a known host. */
  readonly link: LoginLink | null;
  /** It asks for a code. */
  readonly asksCode: boolean;
  /**
   * How the last pasted code went. `incomplete`: it has no `#` in its middle, or the program says so. `other-attempt`: it belongs
   * to another link than this one, so it was not sent.
   */
  readonly code: 'none' | 'sent' | 'incomplete' | 'other-attempt';
}

/** `browser`: the page was opened, by Claude Code itself. `checking`: it has ended, and the store is read again. */
export type LoginStep =
  | { readonly at: 'starting' }
  | { readonly at: 'waiting' }
  | { readonly at: 'checking' }
  | { readonly at: 'stopping' }
  | { readonly at: 'done'; readonly outcome: LoginOutcome }
  | { readonly at: 'failed'; readonly why: LoginFailure }
  | { readonly at: 'cancelled' };

export interface LoginLink {
  readonly url: string;
  readonly host: string;
}

/** What stands in the store afterwards. */
export interface LoginOutcome {
  /** Milliseconds since 1970, the latest end; `null`: not told. */
  readonly loginEndsAt: number | null;
  readonly plan: string | null;
  readonly email: string | null;
  readonly organisation: string | null;
  /** `login`: a Claude login. `key`: the Console’s key. `profile`: Claude Code made a profile instead. */
  readonly kept: 'login' | 'key' | 'profile';
}

/** A login that did not become one, by its cause; words for each are in the presentation. */
export const LOGIN_FAILURES = [
  /** It ended at once, or said something of its options: another version than is known. */
  'not-started',
  /** It told a reason when it exchanged the code: the code is wrong, too old, or already used. */
  'code-refused',
  /** It could not reach the server. */
  'no-connection',
  /** It ended, and said that it went well; but the store is as before. */
  'nothing-saved',
  /** As that, and the store cannot be written by this user. */
  'store-read-only',
  /** As that, and the system’s keychain is locked (macOS, over SSH). */
  'keychain-locked',
  /** Another organisation than the administrator demands, so what was saved is not used. */
  'wrong-organisation',
  /** It waited for longer than anybody does. */
  'timed-out',
  /** Something else ended it. */
  'interrupted',
  /** It ended with a reason of its own, or with none. */
  'refused',
] as const;
export type LoginFailure = (typeof LOGIN_FAILURES)[number];
