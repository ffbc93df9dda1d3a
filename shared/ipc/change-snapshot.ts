import type { Mode } from '../core/context.ts';
import type { StateMark } from './marks.ts';

/** A change on its way, from the question to what is true afterwards. It takes the whole window. */
export type ChangeTask = QuestionTask | PlanTask | DoneTask;

/** “Which do you want to use?” */
export interface QuestionTask {
  readonly kind: 'question';
  readonly title: string;
  readonly lead: string;
  readonly options: readonly ChoiceOption[];
  /** The id of one of them. */
  readonly chosen: string;
}

export interface ChoiceOption {
  readonly id: string;
  readonly title: string;
  readonly wordPair: string | null;
  /** Who pays, until when, and what has to be known. */
  readonly text: string;
  /** “With the Max login”: heads the rows. */
  readonly afterTitle: string;
  readonly after: readonly AfterRow[];
  readonly note: string | null;
  /** “Changes one line in one file”. */
  readonly footer: string;
  /** Whether there is a plan to show; “Leave it as it is” has none. */
  readonly hasPlan: boolean;
}

/** What one mode uses once it is done. */
export interface AfterRow {
  readonly mode: Mode;
  /** “Interactive”. */
  readonly label: string;
  /** `metered`: that, and a person pays for it. */
  readonly mark: StateMark | 'metered';
  readonly value: string;
  /** “as now”, “was API key”. */
  readonly was: string;
}

/** Exactly what would be done. Nothing is written before it is applied. */
export interface PlanTask {
  readonly kind: 'plan';
  readonly planId: string;
  readonly title: string;
  readonly lead: string;
  readonly steps: readonly PlanStepView[];
  readonly notes: readonly string[];
  /** “Delete the line instead”: asks for the other way; `null` where there is none. */
  readonly otherWay: { readonly label: string; readonly remove: boolean } | null;
  readonly remains: readonly PlanNote[];
  readonly left: readonly PlanNote[];
  readonly after: readonly AfterRow[];
  /** The one main button; `null`: there is nothing to do. */
  readonly action: string | null;
  readonly working: boolean;
  /** Why it was not done: one or two sentences. */
  readonly problem: string | null;
  /** Whether the way back leads to the question. */
  readonly hasQuestion: boolean;
}

export interface PlanStepView {
  readonly key: string;
  /** `~/.zshrc` */
  readonly place: string;
  /** “comments out line 42” */
  readonly what: string;
  readonly hunks: readonly { readonly lines: readonly DiffRow[] }[];
}

export interface DiffRow {
  readonly kind: 'context' | 'removed' | 'added';
  readonly number: number;
  /** Secrets are eight dots. */
  readonly text: string;
}

export interface PlanNote {
  readonly key: string;
  readonly mark: 'attention' | 'shadowed' | 'ignored';
  readonly title: string;
  readonly text: string;
  /** “Change this too”: its id, for `includePlace`. */
  readonly include: string | null;
}

/** It is done: what is true now. */
export interface DoneTask {
  readonly kind: 'done';
  readonly changeId: string;
  readonly title: string;
  /** The answer now, as a sentence. */
  readonly lead: string;
  readonly still: readonly PlanNote[];
  readonly after: readonly AfterRow[];
  readonly working: boolean;
  readonly undone: boolean;
  readonly problem: string | null;
}

/** What Credence changed, newest first. */
export interface ChangesPanel {
  readonly rows: readonly ChangeRow[];
  /** The change whose undo was refused, with both sides of each file that somebody changed since. */
  readonly refused: UndoRefused | null;
  /** “Kept for 90 days, 50 at most.” */
  readonly footer: string;
}

export interface ChangeRow {
  readonly id: string;
  /** “Cleared the API key in ~/.zshrc” */
  readonly title: string;
  /** “20 November, 14:03” */
  readonly date: string;
  /** “done”, “undone”. */
  readonly word: string;
  readonly undoable: boolean;
  readonly working: boolean;
}

export interface UndoRefused {
  readonly id: string;
  readonly text: string;
  readonly views: readonly {
    readonly path: string;
    readonly credence: readonly { readonly lines: readonly DiffRow[] }[];
    readonly since: readonly { readonly lines: readonly DiffRow[] }[];
  }[];
}

/** What a live check of the key said. */
export interface KeyCheck {
  readonly state: 'checking' | 'stale' | 'accepted' | 'cannot-tell';
  /** “Anthropic refused this key at 14:03.” */
  readonly text: string;
}
