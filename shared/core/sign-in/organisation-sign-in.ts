import type { OidcFailure } from './oidc-failure.ts';

/** A sign-in to an organisation’s provider, from its start to its end. Nothing in it is secret. */
export interface OrganisationSignInState {
  /** Of the provider, as configured. */
  readonly provider: string;
  readonly step: SignInStep;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** When it stops waiting; `null`: it does not wait. */
  readonly stopsAt: number | null;
  /** Of the provider’s page; `null` until it is known. */
  readonly host: string | null;
  readonly browserAt: number | null;
  /** `127.0.0.1:52114`; `null`: it does not come back by itself. */
  readonly returnsTo: string | null;
  /** The provider shows a code, or the browser stops at an address that it cannot reach: either may be pasted. */
  readonly takesPaste: boolean;
  /** How the last paste went. */
  readonly paste: 'none' | 'taken' | 'not-of-this-attempt' | 'unreadable';
}

export type SignInStep =
  /** Asks the provider what it offers. */
  | { readonly at: 'starting' }
  | { readonly at: 'waiting' }
  /** The person types a code on a page, on this or any other machine. */
  | {
      readonly at: 'device';
      readonly userCode: string;
      readonly verificationUri: string;
    }
  | { readonly at: 'exchanging' }
  | { readonly at: 'keeping' }
  | { readonly at: 'done'; readonly note: OrganisationNote }
  | { readonly at: 'failed'; readonly why: SignInFailure }
  | { readonly at: 'cancelled' };

export type SignInFailure =
  | { readonly code: 'oidc'; readonly failure: OidcFailure }
  /** No socket to come back to, and no other way with this provider. */
  | { readonly code: 'no-way-back' }
  /** The provider offers no code to type on another machine. */
  | { readonly code: 'no-device' }
  | { readonly code: 'timed-out' }
  /** No token could be kept here, so nobody was sent to sign in. */
  | { readonly code: 'no-place'; readonly why: KeepTrouble }
  /** The token is good, and could not be kept: it was thrown away. */
  | { readonly code: 'not-kept'; readonly why: KeepTrouble }
  | { readonly code: 'already-under-way' }
  /** A mistake in Credence itself. */
  | { readonly code: 'internal' };

/** `no-keychain`: there is none, or it does not answer. `locked`: it is there. `later-version`: of Credence; what it kept stays. */
export const KEEP_TROUBLES = ['no-keychain', 'locked', 'denied', 'damaged', 'later-version', 'busy'] as const;
export type KeepTrouble = (typeof KEEP_TROUBLES)[number];

/** What is known of a sign-in without asking the keychain. Not secret. */
export interface OrganisationNote {
  readonly provider: string;
  /** E-mail address, user name or subject; `null`: not told. */
  readonly account: string | null;
  /** Milliseconds since 1970. */
  readonly signedInAt: number;
  /** End of the access token; `null`: not told. */
  readonly accessEndsAt: number | null;
  /** Whether there is a refresh token, so that it renews itself. */
  readonly renews: boolean;
  /** Fewer scopes than were asked for; empty: all of them. */
  readonly missingScopes: readonly string[];
  /**
   * `needs-sign-in`: the provider has said that what is kept is not good any more. `entry-changed`: it is of another issuer, client
   * or resource than is configured now; that is never noted, it is seen by who compares (`noteOfProvider`).
   */
  readonly state: 'signed-in' | 'needs-sign-in' | 'entry-changed';
  /** As it was configured then; absent: noted before this was written down. */
  readonly signedInFor?: SignedInFor;
}

/** Whom a token is from, and for. */
export interface SignedInFor {
  readonly issuer: string;
  readonly clientId: string;
  /** `null`: nobody was named. `undefined`: not known. */
  readonly resource: string | null | undefined;
}
