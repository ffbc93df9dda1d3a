import type { Bytes } from '../../shared/core/remedies/text-edit.ts';

/** What {@link file://./run-writer.ts} is asked to do. */
export interface WriterJob {
  readonly home: string;
  /** Where changes are kept. */
  readonly ownFolder?: string;
  readonly steps: readonly WriterStep[];
  /** How often all steps are taken. */
  readonly rounds?: number;
  readonly umask?: number;
  /** Begins once there is such a file. */
  readonly barrier?: string;
}

export type WriterStep =
  | { readonly kind: 'look' | 'sweep'; readonly path: string }
  | {
      readonly kind: 'replace';
      readonly path: string;
      readonly expected: string | null;
      readonly bytes: Bytes;
    }
  | { readonly kind: 'change-mode'; readonly path: string; readonly expected: string; readonly mode: number }
  | { readonly kind: 'remove'; readonly path: string; readonly expected: string }
  | { readonly kind: 'increase'; readonly path: string; readonly times: number; readonly alone: boolean }
  | { readonly kind: 'add'; readonly path: string; readonly milliseconds: number }
  | { readonly kind: 'keep'; readonly name: string; readonly bytes: Bytes }
  | { readonly kind: 'forget'; readonly name: string };
