import type { ClaudeCodeVersion } from '../../core/context.ts';
import type { Goal } from '../../core/remedies/plan.ts';
import type { SourceId } from '../../core/source-id.ts';

/** A wish, before it is known what it takes. */
export type Wish = Exclude<Goal, { kind: 'use' }> | { readonly kind: 'use'; readonly source: SourceId };

export interface PlanRequest {
  readonly wish: Wish;
  /** What becomes of a line that is taken out of force. */
  readonly how: 'comment-out' | 'remove';
  /** Files that are changed only when they are chosen, by path. */
  readonly chosen: readonly string[];
  readonly claudeCode: ClaudeCodeVersion;
  /** Where there is no keychain, a key may be kept in a file that is not encrypted: the user asked for exactly that. */
  readonly mayBeInClear: boolean;
  /** Whether somebody sits at the terminal that this process runs in; the tray runs in none. */
  readonly inTerminal: boolean;
  /** The words that run Credence, for what is installed to look a key up. */
  readonly ownCommand: readonly string[];
}
