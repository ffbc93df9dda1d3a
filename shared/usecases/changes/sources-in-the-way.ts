import type { ClaudeCodeVersion } from '../../core/context.ts';
import { EVERYDAY_MODES } from '../../core/conflict-finding/conflict-rule.ts';
import type { Facts } from '../../core/facts.ts';
import { decide } from '../../core/rules/decide.ts';
import { answeredVerdict } from '../../core/settle-ladder.ts';
import type { SourceId } from '../../core/source-id.ts';
import type { Verdict } from '../../core/verdict.ts';
import { whatIf } from '../what-if.ts';

/** More than there are sources: each round takes at least one away. */
const MOST_ROUNDS = 16;

/**
 * What has to go for a source to be used alone in everyday modes, strongest first. `null`: it is not used even when nothing
 * else is there. Pure.
 */
export function sourcesInTheWay(
  facts: Facts,
  claudeCode: ClaudeCodeVersion,
  wanted: SourceId,
): readonly SourceId[] | null {
  const cleared: SourceId[] = [];
  let supposed = facts;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const verdicts = EVERYDAY_MODES.map((mode) => answeredVerdict(decide(supposed, { mode, claudeCode })));
    const others = [...new Set(verdicts.flatMap(sentSources))].filter((source) => source !== wanted);
    const [next] = others;
    if (next === undefined)
      return verdicts.every((verdict) => sentSources(verdict).includes(wanted)) ? cleared : null;
    if (cleared.includes(next)) return null;
    cleared.push(next);
    const without = whatIf(supposed, [{ kind: 'without', target: next, place: null }]);
    if (!without.ok) return null;
    supposed = without.facts;
  }
  return null;
}

/** What a verdict sends. A provider takes the place of every source but its own. */
export function sentSources({ provider, authorization, xApiKey }: Verdict): readonly SourceId[] {
  const slots = [authorization, xApiKey].flatMap((slot) => (slot === null ? [] : [slot.source]));
  return provider === 'firstParty' || provider === 'gateway' ? slots : ['cloud-provider', ...slots];
}
