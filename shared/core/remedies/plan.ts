import type { Fingerprint } from '../secret.ts';
import type { SettingsScope } from '../origin.ts';
import type { SourceId } from '../source-id.ts';
import type { VariableStoreId } from './variable-store-id.ts';
import type { WriteRefusal } from './write-refusal.ts';
import type { EditedLine, LeftReason } from './text-edit.ts';
import type { DiffHunk } from './masked-diff.ts';

/** What a person wants. */
export type Goal =
  /** Nothing sets these any more: variables, or the helper by its setting’s name. */
  | { readonly kind: 'clear'; readonly names: readonly string[] }
  /** This source is used in everyday modes, so whatever stands in its way is cleared. */
  | { readonly kind: 'use'; readonly source: SourceId; readonly names: readonly string[] }
  /** User settings give them the empty text, which overwrites what a shell exports. */
  | { readonly kind: 'cancel'; readonly names: readonly string[] }
  /** The literal moves into the system’s keychain; Claude Code or the shell asks for it when it is needed. */
  | { readonly kind: 'to-keychain'; readonly names: readonly string[]; readonly by: 'helper' | 'command' }
  /** Claude Code asks again whether it may use the key. */
  | { readonly kind: 'forget-answer'; readonly names: readonly string[] }
  /** Claude Code asks Credence for the token of an organisation’s provider, and sends it to that organisation’s gateway. */
  | {
      readonly kind: 'use-provider';
      readonly provider: string;
      readonly scope: 'user' | 'project' | 'local';
      /** `null`: where requests go is not changed. */
      readonly baseUrl: string | null;
      /** Where the gateway looks for the token. */
      readonly header: 'authorization' | 'x-api-key' | 'both';
      /** What is set: the helper’s setting, and the variable of the base URL. */
      readonly names: readonly string[];
    }
  /** Nobody else may read the file. */
  | { readonly kind: 'narrow-mode'; readonly path: string };

/** The exact steps that make a wish true, with what they leave. No secret in it. */
export interface Plan {
  /** The same for the same wish over the same files; applying takes no other. */
  readonly id: string;
  /** Under which the change is kept once it is applied; stands in the marker of lines that are commented out. */
  readonly changeId: string;
  readonly goal: Goal;
  /** In the order in which they are done. None: there is nothing that Credence can do. */
  readonly steps: readonly Step[];
  readonly left: readonly LeftPlace[];
  readonly remains: readonly Remaining[];
}

export type Step = FileStep | ModeStep | VariableStep | KeyStep;

/** What a place is, for words and for the way it is edited. */
export const PLACE_KINDS = [
  'bash',
  'zsh',
  'fish',
  'powershell',
  'etc-environment',
  'pam-environment',
  'environment-d',
  'settings',
  'claude-json',
  'vscode',
  'dotenv',
  'direnv',
  'mise',
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export interface FileStep {
  readonly kind: 'file';
  readonly place: PlaceKind;
  /** As people name it; `realPath` differs when it is a link. */
  readonly path: string;
  readonly realPath: string;
  readonly scope: SettingsScope | null;
  readonly action: EditedLine['action'] | 'set-empty' | 'helper-set' | 'answer-forgotten' | 'made';
  readonly lines: readonly {
    readonly name: string;
    readonly line: number;
    readonly fingerprint: Fingerprint | null;
  }[];
  readonly diff: readonly DiffHunk[];
  /** Git tracks it, so others will see the change. */
  readonly tracked: boolean;
}

export interface ModeStep {
  readonly kind: 'mode';
  readonly path: string;
  /** POSIX permission bits. */
  readonly from: number;
  readonly to: number;
}

export interface VariableStep {
  readonly kind: 'variable';
  readonly store: VariableStoreId;
  readonly name: string;
  readonly fingerprint: Fingerprint;
  /** As a person would type it. */
  readonly command: string;
  /** Whether undo can put it back. */
  readonly undoable: boolean;
}

export interface KeyStep {
  readonly kind: 'key';
  /** Under which `credence secret` finds it. */
  readonly name: string;
  readonly fingerprint: Fingerprint;
  /** There is no keychain, and the user asked for a file that is not encrypted. */
  readonly inClear: boolean;
}

/** A place that goes on setting one of the names, because Credence does not change it, with the reason. */
export interface LeftPlace {
  readonly path: string | null;
  readonly place: PlaceKind | 'managed' | 'flag' | 'login' | 'console-key' | 'keychain';
  readonly name: string;
  readonly line: number | null;
  readonly why: LeftReason | WriteRefusal | LeftBecause;
}

export const LEFT_BECAUSE = [
  /** Managed policy is the administrator’s. */
  'administrators',
  /** Given on the command line of Claude Code. */
  'command-line',
  /** Claude Code does not read it by itself, so it is changed only when it is chosen. */
  'not-chosen',
  /** Only logging out removes it. */
  'log-out',
  /** The folder that it would lie in is not there. */
  'no-folder',
  /** The keychain is there, and does not answer. */
  'unreachable',
  /** No keychain answers: there is none, or it hangs. */
  'no-keychain',
] as const;
export type LeftBecause = (typeof LEFT_BECAUSE)[number];

/** What has its copy already and keeps it. */
export interface Remaining {
  readonly kind: 'this-terminal' | 'terminals' | 'claude-code';
  readonly name: string;
  /** Whether it is the value that the plan clears. */
  readonly same: boolean;
  readonly processes: readonly { readonly processId: number; readonly folder: string | null }[];
}
