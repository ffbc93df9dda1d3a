import { MODES, type Mode } from '../core/context.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { answerLabel } from './answer-label.ts';

/** What one mode will use in new terminals. */
export interface AfterWords {
  readonly mode: Mode;
  readonly label: string;
  /** `null`: as now. */
  readonly was: string | null;
  readonly changed: boolean;
  readonly sends: boolean;
}

/** What each mode will use, beside what it uses now. */
export function afterWords(now: readonly Inspection[], then: readonly Inspection[]): readonly AfterWords[] {
  return MODES.flatMap((mode) => afterRow(mode, now, then));
}

function afterRow(
  mode: Mode,
  now: readonly Inspection[],
  then: readonly Inspection[],
): readonly AfterWords[] {
  const before = now.find(({ context }) => context.mode === mode);
  const after = then.find(({ context }) => context.mode === mode);
  if (before === undefined || after === undefined) return [];
  const was = labelOf(before);
  const label = labelOf(after);
  const changed = was !== label;
  return [
    {
      mode,
      label,
      was: changed ? was : null,
      changed,
      sends: answeredVerdict(after.verdict).outcome === 'sends',
    },
  ];
}

/** A question counts as answered with yes: which one is asked is the ladder’s matter. */
function labelOf({ verdict, facts }: Inspection): string {
  return answerLabel(answeredVerdict(verdict), facts);
}
