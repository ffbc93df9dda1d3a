import type { Conflict } from '../core/conflict.ts';
import type { Context } from '../core/context.ts';
import { clocksOf } from '../core/clocks.ts';
import { findConflicts } from '../core/conflicts/index.ts';
import type { Expiry } from '../core/expiry.ts';
import type { Facts } from '../core/facts.ts';
import type { Ladder } from '../core/ladder.ts';
import { decide } from '../core/rules/decide.ts';
import { payerOf } from '../core/rules/payer.ts';
import { settleLadder } from '../core/settle-ladder.ts';
import type { Payer } from '../core/sources/source-definition.ts';
import type { Verdict } from '../core/verdict.ts';

/** Everything there is to say for one context; secret-free. */
export interface Inspection {
  readonly facts: Facts;
  readonly context: Context;
  readonly verdict: Verdict;
  readonly pays: Payer | null;
  readonly ladder: Ladder;
  readonly conflicts: readonly Conflict[];
  readonly expiry: readonly Expiry[];
}

/** Draws every conclusion from facts that were gathered; pure. */
export function inspect(facts: Facts, context: Context): Inspection {
  const verdict = decide(facts, context);
  return {
    facts,
    context,
    verdict,
    pays: payerOf(facts, verdict),
    ladder: settleLadder(facts, context, verdict),
    conflicts: findConflicts(facts, context.claudeCode),
    expiry: clocksOf(facts),
  };
}
