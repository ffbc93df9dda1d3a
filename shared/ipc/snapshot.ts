import type { Mode, Surface } from '../core/context.ts';
import type { SourceId } from '../core/source-id.ts';
import type { FolderId, PlaceId } from './ids.ts';
import type { ChangesPanel, ChangeTask, KeyCheck } from './change-snapshot.ts';
import type { LoginWay } from '../core/sign-in/claude-login.ts';
import type { StateMark, Tone, VerdictMark } from './marks.ts';
import type { ProvidersPanel, SignInTask } from './sign-in-snapshot.ts';

export type { FolderId, PlaceId } from './ids.ts';
export type { StateMark, Tone, VerdictMark } from './marks.ts';

/**
 * All that the window shows: worded, free of secrets, made once by the main process. The renderer draws it and derives nothing
 * from it. Paths stand in it to be read; commands name a place by its id only.
 */
export interface Snapshot {
  /** Grows by one with every snapshot; of two the higher one counts. */
  readonly revision: number;
  /** `first-run`: nothing has been looked at yet, and nothing will be before the user says so. `failed`: the last look failed. */
  readonly phase: 'first-run' | 'ready' | 'failed';
  /** A look has been going on for longer than 300 ms; what is shown is the last answer. */
  readonly looking: boolean;
  readonly bar: ContextBar;
  /** `null` before the first look. */
  readonly answer: Answer | null;
  /** Told while the phase is `failed`; else `null`. */
  readonly failure: Failure | null;
  readonly ladder: Ladder;
  /** Most expensive first; the first of them may stand in the coloured band. */
  readonly conflicts: readonly ConflictCard[];
  readonly clocks: Clocks;
  /** What is true of the app itself and must be read: no tray, files that cannot be watched, a window that came back. */
  readonly notices: readonly Notice[];
  /** True of this answer and no conflict: whole sentences, told quietly below it. */
  readonly notes: readonly string[];
  /** Everything a menu offers, for desktops that draw no tray; the same as in the tray’s menu. */
  readonly menu: readonly MenuItem[];
  /** Modes × surfaces, while that screen is open. */
  readonly matrix: Matrix | null;
  readonly settings: Settings;
  /** A change on its way; `null`: none is. */
  readonly task: ChangeTask | null;
  /** Signing in or out on its way, or what became of it; `null`: none is. */
  readonly signIn: SignInTask | null;
  /** What was changed, while that screen is open. */
  readonly changes: ChangesPanel | null;
  /** Ways in, where nobody is logged in and that is the answer. */
  readonly doors: readonly Door[];
  /** Whether there is something to choose between, so that “Which do you want to use?” can be asked. */
  readonly canChoose: boolean;
  /** What the last live check of the key that is used said; `null`: none was asked for. */
  readonly keyCheck: KeyCheck | null;
  /** Whether the key that is used here may be checked. */
  readonly canCheckKey: boolean;
}

/** “Log in with a Claude subscription…” */
export interface Door {
  /** For `startChange`. */
  readonly id: string;
  readonly title: string;
  readonly note: string;
}

/** A piece of a sentence. A `place` can be opened when `id` is not null. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string; readonly tone: Tone }
  | { readonly kind: 'place'; readonly text: string; readonly title: string; readonly id: PlaceId | null }
  | { readonly kind: 'code'; readonly text: string };

export interface ContextBar {
  readonly folder: FolderChoice;
  /** Without the one that is shown. */
  readonly recent: readonly FolderChoice[];
  readonly surface: Surface;
  readonly surfaces: readonly { readonly id: Surface; readonly label: string }[];
  readonly mode: Mode;
  readonly modes: readonly ModeTab[];
  /** “Claude Code 2.1.328”, and in the title where that is known from. */
  readonly version: { readonly text: string; readonly title: string };
}

export interface FolderChoice {
  readonly id: FolderId;
  /** Shortened in the middle: `~/clients/…/payments`. */
  readonly label: string;
  readonly path: string;
}

export interface ModeTab {
  readonly id: Mode;
  readonly label: string;
  readonly mark: VerdictMark;
  /** The mark in words, for a screen reader. */
  readonly says: string;
}

export interface Answer {
  readonly mark: VerdictMark;
  /** The largest thing in the window. */
  readonly sentence: readonly Segment[];
  /** Who pays, or what comes first: one line with the mark. */
  readonly consequence: readonly Segment[] | null;
  readonly rows: readonly AnswerRow[];
  /** A broken file is shown with the lines around the fault; secrets are eight dots. */
  readonly excerpt: Excerpt | null;
}

/** Why there is no answer. */
export interface Failure {
  /** “Credence could not finish looking.” */
  readonly happened: string;
  /** What it means: “Nothing is known about this folder.” */
  readonly means: string;
  /** What to do, beside looking again. */
  readonly advice: string;
  /** Finds it in the log. */
  readonly reference: string | null;
}

export interface AnswerRow {
  /** `x-api-key`, `Base URL`, `Interactive`. */
  readonly label: string;
  /** Header names are code. */
  readonly isCode: boolean;
  readonly mark: StateMark | null;
  readonly value: readonly Segment[];
  /** Nothing goes there. */
  readonly isQuiet: boolean;
}

export interface Excerpt {
  readonly title: string;
  readonly lines: readonly { readonly number: number; readonly text: string; readonly isFault: boolean }[];
}

export interface Ladder {
  readonly title: string;
  readonly rows: readonly LadderRow[];
  /** Told at the end of the line; `null` when no line is drawn, because nothing is sent. */
  readonly end: string | null;
}

/** A run of sources that are not set, or one source. */
export type LadderRow = FoldedRow | RungRow;

export interface FoldedRow {
  readonly kind: 'folded';
  readonly key: string;
  readonly label: string;
  readonly word: string;
  /** Whether the ladder’s line passes it. */
  readonly onLine: boolean;
}

export interface RungRow {
  readonly kind: 'rung';
  readonly key: SourceId;
  readonly source: SourceId;
  readonly title: string;
  /** The variable’s name, or the plan of a login. */
  readonly detail: { readonly text: string; readonly isCode: boolean } | null;
  readonly mark: StateMark;
  readonly tone: Tone;
  /** The state as a word: “wins”. */
  readonly word: string;
  readonly place: Segment | null;
  /** “Keychain, ends by 13 December” where there is no place to open. */
  readonly note: string | null;
  /** `quiet-otter`: what a person compares keys by. */
  readonly wordPair: string | null;
  readonly onLine: boolean;
  /** The line ends here. */
  readonly isEnd: boolean;
  /** What unfolds: */
  readonly reason: string;
  readonly rule: { readonly id: string; readonly says: string; readonly evidence: string } | null;
  readonly readings: readonly ReadingRow[];
  readonly remedies: readonly RemedyRow[];
}

export interface ReadingRow {
  readonly key: string;
  readonly mark: StateMark;
  readonly tone: Tone;
  readonly word: string;
  readonly place: Segment;
  readonly wordPair: string | null;
  readonly why: string;
}

/** What a person can do. Credence shows the way; those with an action do it. */
export interface RemedyRow {
  readonly key: string;
  readonly title: string;
  /** What changes, or how it is done by hand. */
  readonly note: string | null;
  readonly place: PlaceId | null;
  /** For `startChange`, where Credence can do it: a plan, or a login; `null`: it is done by hand. */
  readonly change: string | null;
}

export interface ConflictCard {
  readonly key: string;
  readonly code: string;
  readonly mark: VerdictMark;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly title: string;
  readonly cause: string;
  readonly consequence: string;
  readonly remedies: readonly RemedyRow[];
}

export interface Clocks {
  readonly title: string;
  /** The first day of the strip and each tick with a label, as positions from 0 to 1. */
  readonly ticks: readonly { readonly at: number; readonly label: string | null }[];
  readonly ends: readonly ClockEnd[];
  /** “Access token renews itself.” */
  readonly quiet: string | null;
}

export interface ClockEnd {
  readonly key: string;
  /** “Max login ends, 10 to 13 December.” */
  readonly says: string;
  /** From 0 to 1 within the 30 days; `null`: outside of them. */
  readonly from: number | null;
  readonly to: number | null;
  readonly tone: Tone;
}

export interface Notice {
  readonly key: string;
  readonly mark: VerdictMark;
  readonly title: string;
  readonly text: string;
}

/** An item of the tray’s menu, drawn natively there and as a list in the window. */
export type MenuItem =
  | { readonly kind: 'separator'; readonly key: string }
  | { readonly kind: 'text'; readonly key: string; readonly label: string }
  | {
      readonly kind: 'action';
      readonly key: string;
      readonly label: string;
      readonly action: MenuAction;
      readonly checked: boolean | null;
      readonly enabled: boolean;
      readonly accelerator: string | null;
    }
  | {
      readonly kind: 'menu';
      readonly key: string;
      readonly label: string;
      readonly items: readonly MenuItem[];
    };

export type MenuAction =
  | { readonly do: 'open-window'; readonly screen: Screen }
  | { readonly do: 'refresh' }
  | { readonly do: 'choose-folder' }
  | { readonly do: 'folder'; readonly id: FolderId }
  | { readonly do: 'mode'; readonly mode: Mode }
  | { readonly do: 'surface'; readonly surface: Surface }
  | { readonly do: 'open-place'; readonly id: PlaceId }
  | { readonly do: 'ask-which' }
  | { readonly do: 'change'; readonly id: string }
  | { readonly do: 'log-in'; readonly way: LoginWay }
  | { readonly do: 'log-out' }
  | { readonly do: 'setup-token' }
  | { readonly do: 'sign-in'; readonly id: string }
  | { readonly do: 'sign-out'; readonly id: string }
  | { readonly do: 'cancel-sign-in' }
  | { readonly do: 'quit' };

export const SCREENS = ['answer', 'matrix', 'settings', 'change', 'changes', 'sign-in'] as const;
export type Screen = (typeof SCREENS)[number];

export interface Matrix {
  readonly title: readonly Segment[];
  readonly modes: readonly { readonly id: Mode; readonly label: string }[];
  readonly rows: readonly MatrixRow[];
  readonly legend: readonly { readonly mark: VerdictMark; readonly says: string }[];
  /** “Claude Code 2.1.328, looked at 14:03.” */
  readonly footer: string;
  /** For “Copy as text”. */
  readonly text: string;
}

export interface MatrixRow {
  readonly surface: Surface;
  readonly label: string;
  /** `null`: that surface does not know the mode. */
  readonly cells: readonly (MatrixCell | null)[];
}

export interface MatrixCell {
  readonly mode: Mode;
  readonly mark: VerdictMark;
  readonly label: string;
  readonly wordPair: string | null;
  readonly sentence: readonly Segment[];
}

export interface Settings {
  readonly launchAtLogin: { readonly on: boolean; readonly available: boolean; readonly why: string | null };
  readonly notices: readonly {
    readonly id: NoticeKind;
    readonly label: string;
    readonly note: string;
    readonly on: boolean;
  }[];
  readonly providers: ProvidersPanel;
  /** Where Credence keeps its own data; it can be removed in one step. */
  readonly dataFolder: string;
  readonly removed: boolean;
  readonly appVersion: string;
}

/** What a notification can tell. */
export const NOTICE_KINDS = ['metered', 'winner-changed', 'login-ending'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
