import type { Conflict } from '../core/conflict.ts';
import type { Facts } from '../core/facts.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import type { Slot, Verdict } from '../core/verdict.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { answerSentence } from './answer-sentence.ts';
import { groupedConflicts } from './grouped-conflicts.ts';
import { expirySentences } from './expiry-sentences.ts';
import { ladderLines } from './ladder-text.ts';
import { SEVERITY_MARKS } from './marks.ts';
import { MODE_LABELS, modesSubject } from './mode-words.ts';
import { notesOf } from './notes.ts';
import { ENVIRONMENT_LABELS, plainLabel, readingLabel } from './origin-label.ts';
import { printable } from './printable.ts';
import { payerSentence } from './payer-sentences.ts';
import { baseUrlOf } from '../core/rules/payer.ts';
import { obstacleOf } from './refusal-sentences.ts';
import { shortPath } from './short-path.ts';
import { fullTitle } from './source-label.ts';
import { pad, table, tint, wrap, type TextStyle } from './text-layout.ts';
import { wordPair } from './word-pair.ts';

/** `credence status` for a person: the answer, what is sent, who pays, the ladder, the conflicts with what to do. */
export function statusText(inspection: Inspection, style: TextStyle): string {
  const sections = [
    answerLines(inspection, style),
    sentLines(inspection, style),
    section(headingOf(inspection), ladderLines(inspection, style), style),
    section('To decide', decisionLines(inspection, style), style),
    section('Clocks', clockLines(inspection, style), style),
    noteLines(inspection, style),
  ].filter((lines) => lines.length > 0);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** `credence status --short`: one line for prompts and status lines; the worst that is to decide is marked. */
export function statusLine(inspection: Inspection): string {
  const verdict = answeredVerdict(inspection.verdict);
  const worst = conflictsHere(inspection).find(({ severity }) => severity !== 'info');
  const mark = worst === undefined ? '' : ` ${SEVERITY_MARKS[worst.severity].mark}`;
  const asks = inspection.verdict.outcome === 'asks' ? 'asks, then ' : '';
  const pays = inspection.pays === null ? '' : ` · ${SHORT_PAYERS[inspection.pays]}`;
  return `${asks}${shortAnswer(verdict, inspection.facts)}${pays}${mark}\n`;
}

const SHORT_PAYERS = {
  subscription: 'subscription',
  metered: 'pay per use',
  organisation: 'organisation',
  unknown: 'payer not known',
} as const;

function shortAnswer(verdict: Verdict, facts: Facts): string {
  if (verdict.outcome === 'refuses') return `nothing (${(verdict.refuses ?? '').replaceAll('-', ' ')})`;
  if (verdict.outcome !== 'sends') return 'not known';
  const slots = [verdict.authorization, verdict.xApiKey].filter((slot) => slot !== null);
  const titles = new Set(slots.map(({ source }) => fullTitle(source, facts, verdict.provider)));
  return titles.size === 0 ? 'no credential' : [...titles].join(' + ');
}

function section(heading: string, lines: readonly string[], style: TextStyle): readonly string[] {
  if (lines.length === 0) return [];
  return [...wrap(heading, style.columns).map((line) => tint(line, 'strong', style)), ...lines];
}

/** The answer, and what to do where nothing is simply sent. */
function answerLines(inspection: Inspection, style: TextStyle): readonly string[] {
  const { verdict, facts, context } = inspection;
  const advice = obstacleOf(verdict, facts, context)?.advice;
  return [
    ...wrap(answerSentence(inspection), style.columns).map((line) => tint(line, 'strong', style)),
    ...(advice === undefined ? [] : wrap(advice, style.columns)),
  ];
}

function sentLines(inspection: Inspection, style: TextStyle): readonly string[] {
  const { facts } = inspection;
  const verdict = answeredVerdict(inspection.verdict);
  const rows: (readonly string[])[] = [];
  if (verdict.outcome === 'sends') {
    rows.push(['Authorization', ...slotCells(verdict.authorization, inspection)]);
    rows.push(['x-api-key', ...slotCells(verdict.xApiKey, inspection)]);
  }
  const url = baseUrlOf(facts, verdict.provider);
  if (url !== null)
    rows.push(['Goes to', `${url.entry.text ?? ''}, from ${plainLabel(url.entry.origin, facts)}`]);
  const payer = payerSentence(inspection);
  if (payer !== null) rows.push(['Pays', payer]);
  const { account } = facts.claudeJson;
  const isAccount = [verdict.authorization, verdict.xApiKey].some(
    (slot) => slot?.source === 'claude-login' || slot?.source === 'console-key',
  );
  const named = [account?.email, account?.organisationName]
    .filter((text) => text != null)
    .map((text) => printable(text))
    .join(', ');
  if (isAccount && named !== '') rows.push(['Account', named]);
  const slots = rows.filter((row) => row.length === 3);
  const others = rows
    .filter((row) => row.length !== 3)
    .map(([label = '', text = '']) => [pad(label, 'Authorization'.length), text]);
  return [
    ...table(slots, style.columns),
    ...others.flatMap(([label = '', text = '']) => wrap(text, style.columns, `  ${label}  `)),
  ];
}

/** What is sent and from where, and the word pair that tells one secret from another. */
function slotCells(
  slot: Slot | null,
  { facts, verdict: { provider } }: Inspection,
): readonly [string, string] {
  if (slot === null) return ['nothing', ''];
  const pair =
    slot.reading.fingerprint === null || slot.broken || slot.helper === 'not-run'
      ? ''
      : wordPair(slot.reading.fingerprint);
  const run = slot.helper === 'not-run' ? (slot.run === null ? ' (not run)' : ' (did not end in time)') : '';
  const broken = slot.broken ? ', sent empty' : '';
  return [
    `${fullTitle(slot.source, facts, provider)}${run}, ${readingLabel(slot.reading, facts, LONGEST)}${broken}`,
    pair,
  ];
}

/** Room for a path beside its header, its source and its word pair. */
const LONGEST = 40;

function headingOf({ facts, context }: Inspection): string {
  const folder = shortPath(facts.place.folder, facts.place, 32);
  const { surface } = facts.place;
  const from = surface === 'terminal' ? '' : `, from ${ENVIRONMENT_LABELS[surface]}`;
  return `Ladder (${MODE_LABELS[context.mode].toLowerCase()} in ${folder}${from}, Claude Code ${context.claudeCode.version})`;
}

/** What holds in the mode that was asked for, then what holds in another one only. */
function conflictsHere({ conflicts, context }: Inspection): readonly Conflict[] {
  return conflicts.filter(({ modes }) => modes.includes(context.mode));
}

/** Who does it should not have to be guessed from the arrows. */
function decisionLines(inspection: Inspection, style: TextStyle): readonly string[] {
  const lines = conflictLines(inspection, style);
  if (!lines.some((line) => line.includes('→'))) return lines;
  const hint =
    '“credence clear NAME” shows a plan for what is to be cleared or moved, and asks before it does it.';
  return [...lines, ...wrap(hint, style.columns, '  ').map((line) => tint(line, 'quiet', style))];
}

const GRAVITY = ['critical', 'warning', 'info'] as const;

function gravestFirst(conflicts: readonly Conflict[]): readonly Conflict[] {
  return GRAVITY.flatMap((severity) => conflicts.filter((conflict) => conflict.severity === severity));
}

function conflictLines(inspection: Inspection, style: TextStyle): readonly string[] {
  const { conflicts, context, facts } = inspection;
  const here = conflictsHere(inspection);
  const others = conflicts.filter((conflict) => !here.includes(conflict) && conflict.severity !== 'info');
  return groupedConflicts(gravestFirst([...here, ...others]), facts).flatMap(
    ({ conflict, parts, steps: labels }) => {
      const { title, cause, consequence } = parts;
      const { mark, tone } = SEVERITY_MARKS[conflict.severity];
      const scope = conflict.modes.includes(context.mode)
        ? ''
        : ` (${modesSubject(conflict.modes).toLowerCase()} only)`;
      const head = wrap(`${title}${scope}`, style.columns, `  ${mark} `);
      const body = wrap(`${cause} ${consequence}`, style.columns, '    ');
      const steps = labels.flatMap((label) => wrap(label, style.columns, '    → '));
      return [...head.map((line) => tint(line, tone, style)), ...body, ...steps];
    },
  );
}

function clockLines(inspection: Inspection, style: TextStyle): readonly string[] {
  return expirySentences(inspection, (time) => -new Date(time).getTimezoneOffset()).flatMap((sentence) =>
    wrap(sentence, style.columns, '  '),
  );
}

function noteLines(inspection: Inspection, style: TextStyle): readonly string[] {
  return notesOf(inspection).flatMap(({ message }) =>
    wrap(message, style.columns).map((line) => tint(line, 'quiet', style)),
  );
}
