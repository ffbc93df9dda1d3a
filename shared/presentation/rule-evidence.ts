import { GATES } from '../core/rules/gates.ts';
import type { Certainty } from '../core/rules/rule.ts';
import { RULES } from '../core/rules/table.ts';
import { CHANGES, type Change, type ChangeId } from '../core/rules/versions.ts';

/** What stands behind one row of the decision table, or behind a gate. */
export interface RuleEvidence {
  readonly id: string;
  /** Why, in one sentence. */
  readonly says: string;
  readonly certainty: Certainty;
  readonly evidence: string;
  /** The change in Claude Code with which it begins, and the one with which it ends. */
  readonly since: ChangeId | null;
  readonly until: ChangeId | null;
}

/** The rule that filled a slot; `null` for an id that the table does not have. */
export function ruleEvidence(id: string): RuleEvidence | null {
  const rule = RULES.find((row) => row.id === id);
  if (rule === undefined) return null;
  const { says, certainty, evidence, since = null, until = null } = rule;
  return { id, says, certainty, evidence, since, until };
}

/** The gate that answered before anything is sent. */
export function gateEvidence(id: string): RuleEvidence | null {
  const gate = GATES.find((candidate) => candidate.id === id);
  if (gate === undefined) return null;
  const { says, certainty, evidence } = gate;
  return { id, says, certainty, evidence, since: null, until: null };
}

/** How sure the rule is, and for which versions it holds: whole sentences. */
export function evidenceSentences({ certainty, evidence, since, until }: RuleEvidence): readonly string[] {
  return [
    `${certainty === 'measured' ? 'Measured' : 'Not measured'}: ${evidence}.`,
    ...(since === null ? [] : [sinceSentence(CHANGES[since])]),
    ...(until === null ? [] : [untilSentence(CHANGES[until])]),
  ];
}

function sinceSentence(change: Change): string {
  return change.documented === undefined
    ? `It holds from ${change.by} on, perhaps earlier: ${change.after} did not do it yet.`
    : `It holds from ${change.documented} on, as documented.`;
}

function untilSentence(change: Change): string {
  return change.documented === undefined
    ? `It holds up to ${change.after}, perhaps longer: ${change.by} no longer does it.`
    : `It holds before ${change.documented}, as documented.`;
}
