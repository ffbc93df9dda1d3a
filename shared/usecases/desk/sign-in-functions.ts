import type { LoginWay } from '../../core/sign-in/claude-login.ts';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type { KeepTrouble, OrganisationNote } from '../../core/sign-in/organisation-sign-in.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { Wish } from '../changes/plan-request.ts';
import type { Fingerprint } from '../../core/secret.ts';
import type { NotedToken } from '../sign-in/note-setup-token.ts';
import type { SignOutAnswer } from '../sign-in/organisation-tokens.ts';
import type { RunningClaudeLogin, RunningOrganisationSignIn } from '../sign-in/running-sign-in.ts';

/** What signing in and out is made of, for the desk. None of these is asked for by itself: a person presses something first. */
export interface SignInFunctions {
  /** What a login would run, and what stands against it. Starts nothing. */
  readonly previewLogin: (way: LoginWay) => Promise<LoginPreview>;
  readonly startLogin: (way: LoginWay, email: string | null) => Promise<LoginStart>;
  /** Takes that file for Claude Code from now on. */
  readonly chooseClaude: (path: string) => Promise<'taken' | LoginObstacle>;
  /** What a log-out would delete. Changes nothing. */
  readonly previewLogOut: () => Promise<LogOutPreview>;
  readonly logOut: () => Promise<LogOutResult>;
  /** What would be run to make a setup token, and what is known of the last one. Starts nothing. */
  readonly previewSetupToken: () => Promise<SetupTokenPreview>;
  /** In a terminal of the user’s, which is theirs alone. */
  readonly openSetupToken: () => Promise<'opened' | 'failed'>;
  /**
   * Keeps that one was made today.
   *
   * @param before what was set before
   */
  readonly noteSetupToken: (before: Fingerprint | null) => Promise<SetupTokenNoted>;
  /** As they are in the files now; reads, asks no keychain and no network. */
  readonly providers: () => ProvidersState;
  readonly startSignIn: (name: string, how: SignInManner) => Promise<SignInStart>;
  /** Asks the provider what it offers. */
  readonly checkProvider: (name: string) => Promise<ProviderCheck>;
  readonly signOut: (name: string, anyway: boolean) => Promise<SignOutAnswer>;
}

/** `device`: with a code that is typed on any machine. */
export type SignInManner = 'browser' | 'device';

export const LOGIN_OBSTACLES = [
  /** No `claude` on the search path, nor where it is usually installed. */
  'no-claude',
  /** The one that was found, or chosen, may have been put there by somebody else. */
  'unsafe-claude',
  /** It knows no `auth login`. */
  'too-old',
  /** The administrator allows nothing but the organisation’s gateway. */
  'gateway-only',
  /** It could not be started. */
  'not-started',
  /** This copy of Credence cannot do it. */
  'not-available',
] as const;
export type LoginObstacle = (typeof LOGIN_OBSTACLES)[number];

export type LoginPreview =
  | {
      readonly ok: true;
      /** As a person would type it, without any path: `claude auth login --claudeai`. */
      readonly command: string;
      /** Which file that runs: absolute. */
      readonly program: string;
      /** Settings lead every login to this way, whatever is asked for. */
      readonly forced: LoginWay | null;
    }
  | { readonly ok: false; readonly obstacle: LoginObstacle };

export type LoginStart =
  | { readonly ok: true; readonly login: RunningClaudeLogin }
  | { readonly ok: false; readonly obstacle: LoginObstacle };

/** What goes with a log-out. */
export const DELETED = ['login', 'console-key', 'account', 'other-logins'] as const;

export interface DeletedItem {
  /** `other-logins`: those of connectors, which lie in the same file. */
  readonly what: (typeof DELETED)[number];
  /** Absolute; `null`: in the keychain. */
  readonly path: string | null;
}

export type LogOutPreview =
  | { readonly ok: true; readonly command: string; readonly deletes: readonly DeletedItem[] }
  | { readonly ok: false; readonly obstacle: LoginObstacle };

export const LOG_OUT_FAILURES = [
  'not-started',
  'still-there',
  'interrupted',
  'timed-out',
  'refused',
] as const;

export type LogOutResult =
  /** `unconfirmed`: gone from this machine; the server did not say that the login has ended. */
  | { readonly ok: true; readonly server: 'told' | 'unconfirmed' }
  | { readonly ok: false; readonly why: (typeof LOG_OUT_FAILURES)[number] };

export type SetupTokenPreview =
  | {
      readonly ok: true;
      /** As a person would type it. */
      readonly command: string;
      /** A terminal program was found. */
      readonly hasTerminal: boolean;
      /** The day of the last one, its beginning in UTC: milliseconds since 1970; `null`: nobody named one. */
      readonly madeAt: number | null;
      /** Which token is set here. */
      readonly here: Fingerprint | null;
    }
  | { readonly ok: false; readonly obstacle: LoginObstacle };

export type SetupTokenNoted =
  | { readonly ok: true; readonly madeAt: number; readonly token: NotedToken }
  /** Credence’s own folder cannot be written. */
  | { readonly ok: false };

/** Every provider that is configured or still signed in to, and what of the files could not be used. */
export interface ProvidersState {
  readonly entries: readonly ProviderEntry[];
  readonly faults: readonly ProvidersFault[];
  /** The user’s own file: absolute; `null`: there is no home. */
  readonly file: { readonly path: string; readonly isThere: boolean } | null;
}

export interface ProviderEntry {
  readonly provider: OidcProvider;
  /** It is configured no more, and somebody is signed in still: that can be ended, and nothing else. */
  readonly isFormer: boolean;
  /** `null`: nobody has signed in. */
  readonly note: OrganisationNote | null;
  /** What makes Claude Code use it; `null`: it does already, or it cannot be planned. */
  readonly use: Wish | null;
}

export interface ProvidersFault {
  /** Absolute. */
  readonly path: string;
  readonly line: number | null;
  /** A sentence, without anything of the file’s contents. */
  readonly says: string;
}

export type SignInStart =
  | { readonly ok: true; readonly signIn: RunningOrganisationSignIn }
  | { readonly ok: false; readonly obstacle: SignInObstacle };

export const SIGN_IN_OBSTACLES = [
  /** No such provider is configured any more. */
  'not-configured',
  'no-device-flow',
  'not-available',
] as const;
export type SignInObstacle = (typeof SIGN_IN_OBSTACLES)[number];

export type ProviderCheck =
  | {
      readonly ok: true;
      /** Of the page that the user signs in on. */
      readonly host: string;
      /** It can be told that a token is not good any more. */
      readonly revokes: boolean;
      readonly offersDevice: boolean;
      /** When it was asked: milliseconds since 1970. */
      readonly at: number;
    }
  | {
      readonly ok: false;
      readonly why: OidcFailure['code'] | KeepTrouble | SignInObstacle;
      readonly at: number;
    };

/** Before anything of it is there. */
export const NO_PROVIDERS: ProvidersState = { entries: [], faults: [], file: null };
