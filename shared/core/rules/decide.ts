import type { Context } from '../context.ts';
import type { Facts, HelperRun } from '../facts.ts';
import type { Provider } from '../provider.ts';
import type { Refusal, Slot, Unknown, Verdict } from '../verdict.ts';
import { CANDIDATES, type CandidateId, type Condition } from './candidates.ts';
import type { GateAnswer } from './gate.ts';
import { GATES } from './gates.ts';
import type { Rule, SlotName } from './rule.ts';
import { situationOf, type Answers, type Situation } from './situation.ts';
import { RULES } from './table.ts';
import { eraOf, type Era } from './versions.ts';

/**
 * Which credential will be used: pure and total. For each slot the first rule of the table that holds fills it; before that
 * the gates say whether anything is sent at all.
 *
 * @param assume which side of a change is meant for a version between two recordings
 */
export function decide(facts: Facts, context: Context, assume: 'older' | 'newer' = 'older'): Verdict {
  return decideWith(facts, context, eraOf(context.claudeCode.version, assume), {});
}

function decideWith(facts: Facts, context: Context, era: Era, answers: Answers): Verdict {
  const situation = situationOf(facts, context, era, answers);
  const authorization = fill('authorization', situation, era);
  const xApiKey = fill('xApiKey', situation, era);
  for (const gate of GATES) {
    const answer = gate.check({ facts, context, era, situation, authorization, xApiKey, answers });
    if (answer !== null) return closed(situation.provider, gate.id, answer, facts, context, era, answers);
  }
  return { ...open(situation.provider), outcome: 'sends', authorization, xApiKey };
}

function open(provider: Provider): Verdict {
  return {
    provider,
    outcome: 'sends',
    asks: null,
    after: null,
    refuses: null,
    unknown: null,
    authorization: null,
    xApiKey: null,
    gate: null,
  };
}

function closed(
  provider: Provider,
  gate: string,
  answer: GateAnswer,
  facts: Facts,
  context: Context,
  era: Era,
  answers: Answers,
): Verdict {
  const refused = (reason: Refusal): Verdict => ({
    ...open(provider),
    gate,
    outcome: 'refuses',
    refuses: reason,
  });
  switch (answer.kind) {
    case 'refuses':
      return refused(answer.reason);
    case 'unknown': {
      const reason: Unknown = answer.reason;
      return { ...open(provider), gate, outcome: 'unknown', unknown: reason };
    }
    case 'asks': {
      const follow = (next: Answers): Verdict => decideWith(facts, context, era, { ...answers, ...next });
      const after =
        answer.question === 'folder-trust'
          ? { yes: follow({ trust: 'yes' }), no: refused('folder-not-trusted') }
          : { yes: follow({ apiKey: 'approved' }), no: follow({ apiKey: 'rejected' }) };
      return { ...open(provider), gate, outcome: 'asks', asks: answer.question, after };
    }
  }
}

/** The rules of one slot and provider, in order; made once. */
const table: Readonly<Record<SlotName, ReadonlyMap<Provider, readonly Rule[]>>> = {
  authorization: byProvider('authorization'),
  xApiKey: byProvider('xApiKey'),
};

function byProvider(slot: SlotName): ReadonlyMap<Provider, readonly Rule[]> {
  const map = new Map<Provider, Rule[]>();
  for (const rule of RULES) {
    if (rule.slot !== slot) continue;
    for (const provider of rule.providers) map.set(provider, [...(map.get(provider) ?? []), rule]);
  }
  return map;
}

function fill(slot: SlotName, situation: Situation, era: Era): Slot | null {
  for (const rule of table[slot].get(situation.provider) ?? []) {
    if (holds(rule, situation, era)) return slotOf(rule, situation, era);
  }
  return null;
}

/** Whether a rule holds: its candidate is there, its conditions are met, and its version range fits. */
export function holds(rule: Rule, situation: Situation, era: Era): boolean {
  if (situation.candidates[rule.sends] === undefined) return false;
  if (rule.since !== undefined && !era[rule.since]) return false;
  if (rule.until !== undefined && era[rule.until]) return false;
  if (rule.when?.some((condition) => !isTrue(condition, situation)) === true) return false;
  return rule.unless?.some((condition) => isTrue(condition, situation)) !== true;
}

function isTrue(condition: Condition, situation: Situation): boolean {
  return condition in CANDIDATES
    ? situation.candidates[condition as CandidateId] !== undefined
    : situation.circumstances[condition as keyof Situation['circumstances']];
}

function slotOf(rule: Rule, situation: Situation, era: Era): Slot | null {
  const reading = situation.candidates[rule.sends];
  if (reading === undefined) return null;
  const run = rule.sends === 'helper' ? (situation.helper?.run ?? null) : null;
  return {
    source: CANDIDATES[rule.sends],
    reading,
    rule: rule.id,
    certainty: rule.certainty,
    helper: rule.sends === 'helper' ? (run === null || isLeftRunning(run) ? 'not-run' : 'ran') : null,
    run,
    broken:
      rule.broken === true ||
      situation.blank.includes(reading) ||
      (run?.ok === false && !isLeftRunning(run) && !isUsedAnyway(run, era)),
  };
}

/** Claude Code waits for ten minutes before it sends an empty value (measured, 2.1.328), longer than anybody waits for an answer. */
function isLeftRunning(run: HelperRun): boolean {
  return !run.ok && run.problem === 'timed-out';
}

/** Older versions sent what a helper printed even when it was not usable by today's contract. */
function isUsedAnyway(run: Extract<HelperRun, { ok: false }>, era: Era): boolean {
  if (!run.printed) return false;
  return run.problem === 'exit-code'
    ? !era['failed-helper-output-dropped']
    : !era['unusable-helper-sent-empty'];
}
