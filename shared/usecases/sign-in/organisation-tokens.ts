import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type { KeepTrouble, OrganisationNote } from '../../core/sign-in/organisation-sign-in.ts';
import type { Bytes } from '../../core/remedies/text-edit.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { OidcTokens } from '../../ports/oidc.ts';

/** The tokens of organisations: in the keychain and nowhere else, renewed by one process at a time. */
export interface OrganisationTokens {
  /** Before a sign-in: whether something is in the way of keeping what will come of it. */
  look(provider: OidcProvider): Promise<KeepLook>;
  /**
   * After a sign-in. What was kept before for this provider is replaced once the new one is surely there.
   *
   * @param looked at the beginning: it is not read again unless something came meanwhile
   */
  keep(provider: OidcProvider, tokens: OidcTokens, looked?: KeepLook): Promise<KeepAnswer>;
  /** An access token that is good for a while: the kept one, or a new one, which is stored before it is handed out. */
  fresh(provider: OidcProvider): Promise<FreshAnswer>;
  /** Revokes, then deletes. Where revoking fails nothing is deleted unless `anyway`. */
  signOut(provider: OidcProvider, anyway: boolean): Promise<SignOutAnswer>;
  /** Of every sign-in, without asking the keychain. */
  known(): readonly OrganisationNote[];
}

export interface KeepLook {
  /** `null`: nothing is known to be in the way. */
  readonly trouble: KeepTrouble | null;
  /** What is kept now, secret; `null`: nothing. `undefined`: not known. */
  readonly there: Bytes | null | undefined;
}

export type KeepAnswer =
  { readonly ok: true; readonly note: OrganisationNote } | { readonly ok: false; readonly why: KeepTrouble };

export type FreshAnswer =
  | {
      readonly ok: true;
      /** Secret. */
      readonly accessToken: string;
      readonly note: OrganisationNote;
    }
  | {
      readonly ok: false;
      readonly why:
        | { readonly code: 'not-signed-in' }
        /** The provider is configured anew since: what is kept is of another issuer, client or resource, and stays there. */
        | { readonly code: 'entry-changed' }
        /** The provider said so of the very token that is kept; it stays there until the user acts. */
        | { readonly code: 'needs-sign-in' }
        | { readonly code: 'keychain'; readonly trouble: KeepTrouble }
        /** It has ended and could not be renewed just now; what is kept is untouched. */
        | { readonly code: 'not-renewed'; readonly failure: OidcFailure }
        /** A new one came and could not be kept, so it was not used: whatever is kept may be spent by now. */
        | { readonly code: 'not-kept'; readonly trouble: KeepTrouble }
        /** Another process holds the lock for too long. */
        | { readonly code: 'busy' }
        /** It has ended, and without a lock it must not be renewed: two at a time would end the whole sign-in. */
        | { readonly code: 'no-lock' };
    };

export type SignOutAnswer =
  /** `not-offered`: the provider cannot be told. */
  | { readonly ok: true; readonly revoked: 'revoked' | 'not-offered' | 'failed' | 'nothing-to-revoke' }
  | {
      readonly ok: false;
      readonly why:
        | { readonly code: 'not-signed-in' }
        | { readonly code: 'not-revoked'; readonly failure: OidcFailure }
        | { readonly code: 'keychain'; readonly trouble: KeepTrouble }
        | { readonly code: 'busy' };
    };
