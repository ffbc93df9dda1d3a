import { answeredVerdict } from '../core/settle-ladder.ts';
import { coverageOf } from '../core/rules/versions.ts';
import type { LadderReading, Rung } from '../core/ladder.ts';
import type { SourceId } from '../core/source-id.ts';
import type { Slot, Verdict } from '../core/verdict.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { answerSentence, branchSentence } from './answer-sentence.ts';
import { STATE_MARKS } from './marks.ts';
import { originName, readingLabel } from './origin-label.ts';
import { payerSentence } from './payer-sentences.ts';
import { printable } from './printable.ts';
import { reasonClause } from './reason-sentences.ts';
import { obstacleOf } from './refusal-sentences.ts';
import { evidenceSentences, gateEvidence, ruleEvidence, type RuleEvidence } from './rule-evidence.ts';
import { sentence } from './sentence-case.ts';
import { fullTitle, slotPhraseWithPlace } from './source-label.ts';
import { whatItTakes } from './what-it-takes.ts';
import { wordPair } from './word-pair.ts';

/** One paragraph: a heading where it needs one, and lines that are whole sentences. */
export interface Explanation {
  readonly heading?: string;
  readonly lines: readonly string[];
}

/** Why this credential and not that one, in sentences. With a source: why just that one is or is not sent. */
export function explain(inspection: Inspection, source: SourceId | null): readonly Explanation[] {
  const answer: Explanation = { lines: [answerSentence(inspection), ...optional(payerSentence(inspection))] };
  return source === null
    ? [
        answer,
        ...gateParagraphs(inspection),
        ...slotParagraphs(inspection),
        ...othersParagraph(inspection),
        version(inspection),
      ]
    : [
        ...sourceParagraphs(inspection, source),
        { heading: 'The answer', lines: answer.lines },
        version(inspection),
      ];
}

const optional = (text: string | null): readonly string[] => (text === null ? [] : [text]);

/** Each question or refusal on the way, in the order in which they come up. */
function gateParagraphs({ verdict, facts, context }: Inspection): readonly Explanation[] {
  const paragraphs: Explanation[] = [];
  for (let current: Verdict | null = verdict; current !== null; current = current.after?.yes ?? null) {
    const gate = current.gate === null ? null : gateEvidence(current.gate);
    const obstacle = obstacleOf(current, facts, context);
    if (gate === null || obstacle === null) continue;
    const { after } = current;
    paragraphs.push({
      heading: HEADINGS[current.outcome],
      lines: [
        ...(current === verdict ? [] : [obstacle.headline]),
        ...ruleLines(gate),
        ...(after === null
          ? []
          : [
              `Yes: ${branchSentence(after.yes, facts, context)}`,
              `No: ${branchSentence(after.no, facts, context)}`,
            ]),
        ...(obstacle.shown === null ? [] : [`Claude Code then shows: “${obstacle.shown}”.`]),
        obstacle.advice,
      ],
    });
  }
  return paragraphs;
}

const HEADINGS: Readonly<Record<Verdict['outcome'], string>> = {
  sends: 'What is sent',
  asks: 'The question',
  refuses: 'Why nothing is sent',
  unknown: 'Why it cannot be told',
};

function ruleLines(rule: RuleEvidence): readonly string[] {
  return [rule.says, `Rule ${rule.id}. ${evidenceSentences(rule).join(' ')}`];
}

function slotParagraphs(inspection: Inspection): readonly Explanation[] {
  const verdict = answeredVerdict(inspection.verdict);
  if (verdict.outcome !== 'sends') return [];
  return [
    slotParagraph('Authorization', verdict.authorization, inspection),
    slotParagraph('x-api-key', verdict.xApiKey, inspection),
  ];
}

function slotParagraph(heading: string, slot: Slot | null, { facts }: Inspection): Explanation {
  if (slot === null) return { heading, lines: ['Nothing is sent in it.'] };
  const rule = ruleEvidence(slot.rule);
  const pair =
    slot.helper === 'not-run' || slot.reading.fingerprint === null
      ? ''
      : `: ${wordPair(slot.reading.fingerprint)}`;
  return {
    heading,
    lines: [
      `${sentence(slotPhraseWithPlace(slot, facts)).replace(/\.$/, '')}${pair}.`,
      ...(rule === null ? [] : ruleLines(rule)),
    ],
  };
}

/** Why the others that were found are not what wins. */
function othersParagraph(inspection: Inspection): readonly Explanation[] {
  const lines = inspection.ladder
    .filter(({ state }) => state !== 'wins' && state !== 'absent')
    .map(
      (rung) =>
        `${title(rung, inspection)}, ${STATE_MARKS[rung.state].word}: ${rungClause(rung, inspection)}.`,
    );
  return lines.length === 0 ? [] : [{ heading: 'The others', lines }];
}

function rungClause(rung: Rung, { facts, context, verdict }: Inspection): string {
  const { source, state, reason, readings } = rung;
  const salient = readings.find((found) => found.state === state && found.reason.code === reason.code);
  return reasonClause(reason, { source, reading: salient?.reading ?? null, facts, context, verdict });
}

function title({ source }: Rung, { facts, verdict }: Inspection): string {
  return fullTitle(source, facts, answeredVerdict(verdict).provider);
}

function sourceParagraphs(inspection: Inspection, source: SourceId): readonly Explanation[] {
  const rung = inspection.ladder.find((row) => row.source === source);
  if (rung === undefined) return [];
  const takes = whatItTakes(inspection, source);
  const verdict = answeredVerdict(inspection.verdict);
  const rules = new Map(
    [verdict.authorization, verdict.xApiKey].flatMap((slot) => {
      const rule = slot?.source === source ? ruleEvidence(slot.rule) : null;
      return rule === null ? [] : [[rule.id, rule] as const];
    }),
  );
  return [
    {
      heading: `${title(rung, inspection)}: ${STATE_MARKS[rung.state].word}`,
      lines: [sentence(rungClause(rung, inspection)), ...[...rules.values()].flatMap(ruleLines)],
    },
    ...(rung.readings.length === 0
      ? []
      : [
          {
            heading: 'Where it was found',
            lines: rung.readings.map((found) => readingLine(found, source, inspection)),
          },
        ]),
    ...(takes === null ? [] : [{ heading: 'What it would take', lines: [takes] }]),
  ];
}

function readingLine(
  { reading, state, reason }: LadderReading,
  source: SourceId,
  inspection: Inspection,
): string {
  const { facts, context, verdict } = inspection;
  const name = originName(reading.origin);
  const pair = reading.fingerprint === null ? null : wordPair(reading.fingerprint);
  const details = [isPlainName(name) ? name : null, pair].filter((text) => text !== null).join(', ');
  const because = reasonClause(reason, { source, reading, facts, context, verdict });
  return sentence(
    `${readingLabel(reading, facts)}${details === '' ? '' : ` (${details})`}, ${STATE_MARKS[state].word}: ${because}`,
  );
}

/** Variables are told; members of the login store have names that say nothing. */
const isPlainName = (name: string | null): boolean => name !== null && /^[A-Z][A-Z0-9_]+$/.test(name);

function version({ context }: Inspection): Explanation {
  const { version: number, from } = context.claudeCode;
  const shown = printable(number, 24);
  const known = FROM[from](shown);
  const coverage = coverageOf(number);
  switch (coverage.kind) {
    case 'recorded':
      return { heading: 'Version', lines: [known, 'This version was recorded.'] };
    case 'between':
      return {
        heading: 'Version',
        lines: [known, `It lies between two recorded versions, ${coverage.older} and ${coverage.newer}.`],
      };
    case 'newer':
      return {
        heading: 'Version',
        lines: [known, 'It is newer than any recorded version, so the rules of the newest one are used.'],
      };
    case 'older':
      return {
        heading: 'Version',
        lines: [known, 'It is older than any recorded version, so the rules of the oldest one are used.'],
      };
    case 'not-a-version':
      return {
        heading: 'Version',
        lines: [known, 'That is not a version that can be told apart, so the newest rules are used.'],
      };
  }
}

const FROM: Readonly<Record<Inspection['context']['claudeCode']['from'], (version: string) => string>> = {
  installed: (version) => `Claude Code ${version} is installed.`,
  flag: (version) => `The answer is for Claude Code ${version}, as asked.`,
  assumed: (version) =>
    `The installed version could not be told, so the answer is for Claude Code ${version}.`,
};
