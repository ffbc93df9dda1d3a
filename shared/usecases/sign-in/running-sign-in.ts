import type { ClaudeLoginState } from '../../core/sign-in/claude-login.ts';
import type { OrganisationSignInState } from '../../core/sign-in/organisation-sign-in.ts';
import type { Browser } from '../../ports/browser.ts';

/** A sign-in under way, for whoever shows it. It goes on when nobody does. */
export interface RunningSignIn<State> {
  readonly state: () => State;
  readonly onChange: (listener: () => void) => void;
  /** Takes what a person pasted; it is kept nowhere. What became of it stands in the state. */
  readonly paste: (text: string) => void;
  /** Opens the page once more. */
  readonly openAgain: () => ReturnType<Browser['open']>;
  /** The address, for the clipboard or for a terminal; `null`: there is none that may be shown. */
  readonly address: () => string | null;
  /** Ends it without harm; settles when nothing of it runs any more. */
  readonly cancel: () => Promise<void>;
  /** Settles when it is done, failed or cancelled. Never rejects. */
  readonly ended: Promise<State>;
}

export type RunningClaudeLogin = RunningSignIn<ClaudeLoginState>;
export type RunningOrganisationSignIn = RunningSignIn<OrganisationSignInState>;
