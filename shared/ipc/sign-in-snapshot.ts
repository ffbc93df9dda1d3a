import type { AfterRow } from './change-snapshot.ts';
import type { PlaceId } from './ids.ts';

/**
 * Signing in or out on its way. It takes the whole window, and goes on when the window is closed. No link, no token and nothing that
 * was pasted is in it; the code of a device is, since a person has to read it.
 */
export type SignInTask = SignInUnderWay | SignInQuestion | SignInDone | SignInFailed;

/** Longest text that a person may paste: characters. A code has hundreds, an address that a browser stopped at some thousands. */
export const LONGEST_PASTE = 8_192;

interface SignInBase {
  /** Another one for every attempt. */
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  /** What is told where the task is not shown: “Waiting for your approval in the browser”. */
  readonly brief: string;
}

export interface SignInUnderWay extends SignInBase {
  readonly kind: 'under-way';
  readonly steps: readonly SignInStepRow[];
  readonly device: DeviceCode | null;
  readonly paste: PasteField | null;
  /** Buttons below the steps. */
  readonly canOpenAgain: boolean;
  readonly canCopyAddress: boolean;
  /** “Use a code instead”. */
  readonly toDevice: string | null;
  /** “How it comes back”. */
  readonly facts: readonly SignInFact[];
  /** “What this login will change”. */
  readonly after: {
    readonly title: string;
    readonly rows: readonly AfterRow[];
    readonly note: string | null;
  } | null;
  readonly cancel: {
    readonly label: string;
    /** “Stopping…” */
    readonly working: string;
    readonly isWorking: boolean;
  };
  /** Beside it: “Ends the program Credence started”. */
  readonly footnote: string;
}

export interface SignInStepRow {
  readonly key: string;
  readonly state: 'done' | 'now' | 'later';
  readonly name: string;
  /** “14:03”. */
  readonly time: string | null;
  /** Counted from here while it is drawn: milliseconds since 1970. */
  readonly since: number | null;
  readonly detail: { readonly text: string; readonly isCode: boolean } | null;
}

export interface DeviceCode {
  /** “WDJB-MJHT”, to be typed by a person. */
  readonly code: string;
  /** “login.northwind.example”: where. */
  readonly where: string;
}

/** For what the browser shows; what is typed goes on at once and is kept nowhere. */
export interface PasteField {
  readonly label: string;
  readonly placeholder: string;
  /** “Send to Claude Code”. */
  readonly action: string;
  /** How the last one went; `null`: none was sent. */
  readonly said: { readonly text: string; readonly isTrouble: boolean } | null;
}

export interface SignInFact {
  readonly key: string;
  readonly label: string;
  readonly value:
    | { readonly kind: 'text'; readonly text: string; readonly isCode: boolean }
    /** “in 4 min 32 s”, counted while it is drawn: milliseconds since 1970. */
    | { readonly kind: 'until'; readonly at: number };
}

/** What has to be known before it is done. */
export interface SignInQuestion extends SignInBase {
  readonly kind: 'question';
  /** For `confirmSignIn`: any other is refused. */
  readonly questionId: string;
  readonly facts: readonly SignInFact[];
  /** “What it deletes”. */
  readonly lists: readonly SignInList[];
  readonly after: { readonly title: string; readonly rows: readonly AfterRow[] } | null;
  readonly notes: readonly string[];
  /** What a person may do in a terminal of their own; for `copyCommand`. */
  readonly command: { readonly label: string; readonly text: string } | null;
  /** What would put it right first, for `startChange`: the one main button where there is one. */
  readonly remedy: { readonly id: string; readonly label: string } | null;
  /** “Log in anyway”: the main button where there is no other. */
  readonly action: string;
  readonly working: string;
  readonly isWorking: boolean;
  /** “Leave it as it is”. */
  readonly leave: string;
  /** Why it was not done: one or two sentences. */
  readonly problem: string | null;
}

export interface SignInList {
  readonly title: string;
  readonly items: readonly { readonly key: string; readonly text: string; readonly place: string | null }[];
}

/** What is true now. */
export interface SignInDone extends SignInBase {
  readonly kind: 'done';
  readonly facts: readonly SignInFact[];
  readonly after: readonly AfterRow[];
  readonly notes: readonly string[];
  /** “Clear ANTHROPIC_API_KEY from ~/.zshrc…”, where something else still wins: for `startChange`. */
  readonly remedy: { readonly id: string; readonly label: string } | null;
}

/** What happened is the title, what it means the lead. */
export interface SignInFailed extends SignInBase {
  readonly kind: 'failed';
  /** What to do. */
  readonly advice: string | null;
  /** “Try again”; `null`: it would go the same way. */
  readonly again: string | null;
  readonly toDevice: string | null;
  /** “Choose the file…”, for the system’s dialog. */
  readonly choose: string | null;
  /** A person ended it: nothing is broken. */
  readonly isQuiet: boolean;
}

/** The organisations in the settings. */
export interface ProvidersPanel {
  readonly rows: readonly ProviderRow[];
  /** What of the files is not used, and why. */
  readonly faults: readonly { readonly key: string; readonly text: string; readonly place: PlaceId | null }[];
  /** The user’s own file; `place` where it is there to be opened. */
  readonly file: { readonly label: string; readonly place: PlaceId | null } | null;
  /** “credence providers --add”. */
  readonly command: string;
}

export interface ProviderRow {
  /** For `startSignIn` and the like. */
  readonly id: string;
  readonly name: string;
  /** `null`: it is configured no more, so nobody knows. */
  readonly host: string | null;
  /** “In your file”, “From your administrator”, “In no file”. */
  readonly from: string;
  readonly mark: 'wins' | 'shadowed' | 'broken';
  /** “Signed in as petra@northwind.example; renews itself” */
  readonly state: string;
  readonly signIn: string | null;
  readonly signOut: string | null;
  /** “Use for Claude Code…”: for `startChange`. */
  readonly use: string | null;
  readonly canCheck: boolean;
  readonly check: { readonly state: 'checking' | 'good' | 'bad'; readonly text: string } | null;
}
