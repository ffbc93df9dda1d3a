import type { LadderReading, Rung } from '../core/ladder.ts';
import { CHANGES, type ChangeId } from '../core/rules/versions.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import type { SourceId } from '../core/source-id.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { explain } from './explain.ts';
import { reasonSentence } from './reason-sentences.ts';
import { gateEvidence, ruleEvidence, type RuleEvidence } from './rule-evidence.ts';
import { SCHEMA_VERSION, contextJson, originJson, verdictJson, type Json } from './status-json.ts';
import { whatItTakes } from './what-it-takes.ts';

/** `credence explain --json`: the sentences, and what they rest on; its schema is docs/schema/explain.schema.json. */
export function explainJson(inspection: Inspection, source: SourceId | null): Json {
  const { verdict, ladder, pays } = inspection;
  const rungs = source === null ? ladder : ladder.filter((rung) => rung.source === source);
  return {
    schemaVersion: SCHEMA_VERSION,
    context: contextJson(inspection),
    source,
    ...verdictJson(verdict),
    pays,
    rules: rulesOf(verdict),
    sources: rungs.map((rung) => rungJson(rung, inspection)),
    paragraphs: explain(inspection, source).map(({ heading, lines }) => ({
      heading: heading ?? null,
      lines: [...lines],
    })),
  };
}

/** The gates on the way, then the rules that filled the two slots. */
function rulesOf(verdict: Verdict): Json {
  const rules: Json[] = [];
  for (let current: Verdict | null = verdict; current !== null; current = current.after?.yes ?? null) {
    const gate = current.gate === null ? null : gateEvidence(current.gate);
    if (gate !== null) rules.push(ruleJson(gate, null));
  }
  const { authorization, xApiKey } = answeredVerdict(verdict);
  for (const [slot, name] of [
    [authorization, 'authorization'],
    [xApiKey, 'xApiKey'],
  ] as const) {
    const rule = slot === null ? null : ruleEvidence(slot.rule);
    if (rule !== null) rules.push(ruleJson(rule, name));
  }
  return rules;
}

function ruleJson({ id, says, certainty, evidence, since, until }: RuleEvidence, slot: string | null): Json {
  return { id, slot, says, certainty, evidence, since: changeJson(since), until: changeJson(until) };
}

/** Between which recordings the answer changed, and the exact version where documentation names one. */
function changeJson(id: ChangeId | null): Json {
  if (id === null) return null;
  const change = CHANGES[id];
  return {
    id,
    after: change.after,
    by: change.by,
    documented: 'documented' in change ? change.documented : null,
    says: change.says,
  };
}

function rungJson(rung: Rung, inspection: Inspection): Json {
  const { facts, context, verdict } = inspection;
  const { source, rank, state, reason, readings } = rung;
  const because = (found: LadderReading | null): string =>
    reasonSentence(found?.reason ?? reason, {
      source,
      reading: found?.reading ?? null,
      facts,
      context,
      verdict,
    });
  return {
    source,
    rank,
    state,
    reason: { ...reason, sentence: because(null) },
    readings: readings.map((found) => ({
      origin: originJson(found.reading.origin),
      fingerprint: found.reading.fingerprint,
      state: found.state,
      reason: { ...found.reason, sentence: because(found) },
    })),
    takes: whatItTakes(inspection, source),
  };
}
