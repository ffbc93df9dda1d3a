import type {
  OrganisationSignInState,
  SignInFailure,
  SignInStep,
} from '../../core/sign-in/organisation-sign-in.ts';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type { LandingPage } from '../../ports/loopback.ts';
import type { OidcTokens } from '../../ports/oidc.ts';
import type { SignInPorts } from './sign-in-ports.ts';

export type AttemptPorts = Pick<
  SignInPorts,
  'oidc' | 'loopback' | 'browser' | 'locks' | 'scheduler' | 'clock'
>;

/** What the browser shows where it comes back. */
export interface LandingPages {
  /** For a query that is not of this attempt. */
  readonly notThis: LandingPage;
  /** For a second one, after the first was taken. */
  readonly already: LandingPage;
  /** At the end, when it is certain how it went. */
  readonly last: (step: SignInStep, provider: string) => LandingPage;
}

/** One attempt to sign in, as its parts see it: what it shows, and whether somebody has ended it. */
export interface Attempt {
  readonly ports: AttemptPorts;
  readonly provider: OidcProvider;
  readonly pages: LandingPages;
  /** What is shown; once it is over nothing changes it. */
  readonly change: (patch: Partial<OrganisationSignInState>) => void;
  /** Settles at the first of cancel and time-out. */
  readonly stopped: Promise<'stopped'>;
  readonly isStopped: () => boolean;
  /** Stops the attempt after so many milliseconds of waiting; returns what prevents that. */
  readonly stopAfter: (milliseconds: number) => () => void;
  /** Where a person goes while it waits; `null`: nowhere. */
  readonly offer: (page: AttemptPage | null) => void;
}

export interface AttemptPage {
  /** To be opened and copied. */
  readonly address: string;
  /** What a person pastes; absent: nothing is taken. */
  readonly paste?: (text: string) => void;
}

/** How one way of signing in ended; a token may have come after the attempt was stopped. */
export type WayEnd =
  | { readonly kind: 'tokens'; readonly tokens: OidcTokens; readonly tell: TellBrowser }
  | { readonly kind: 'failed'; readonly why: SignInFailure; readonly tell: TellBrowser }
  | { readonly kind: 'stopped'; readonly tell: TellBrowser };

/** Answers the browser that is waiting, if one is, and lets go of what the way holds. */
export type TellBrowser = (page: LandingPage) => Promise<void>;

export const tellNobody: TellBrowser = () => Promise.resolve();

/** What came, or that the attempt was stopped before; whoever is asked goes on and is not listened to. */
export function orStopped<Value>(attempt: Attempt, asked: Promise<Value>): Promise<Value | 'stopped'> {
  return Promise.race([asked, attempt.stopped]);
}

export const failed = (why: SignInFailure, tell: TellBrowser = tellNobody): WayEnd => ({
  kind: 'failed',
  why,
  tell,
});
export const STOPPED: WayEnd = { kind: 'stopped', tell: tellNobody };
