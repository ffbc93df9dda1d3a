import type { Conflict } from '../core/conflict.ts';
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
import { plainLabel, readingLabel } from './origin-label.ts';
import { printable } from './printable.ts';
import { payerSentence } from './payer-sentences.ts';
import { baseUrlOf } from '../core/rules/payer.ts';
import { shortPath } from './short-path.ts';
import { sourceTitle } from './source-label.ts';
import { pad, table, tint, wrap, type TextStyle } from './text-layout.ts';
import { wordPair } from './word-pair.ts';

/** `credence status` for a person: the answer, what is sent, who pays, the ladder, the conflicts with what to do. */
export function statusText(inspection: Inspection, style: TextStyle): string {
  const sections = [
    answerLines(inspection, style),
    sentLines(inspection, style),
    section(headingOf(inspection), ladderLines(inspection, style), style),
    section('To decide', conflictLines(inspection, style), style),
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
  return `${asks}${shortAnswer(verdict)}${pays}${mark}\n`;
}

const SHORT_PAYERS = {
  subscription: 'subscription',
  metered: 'pay per use',
  organisation: 'organisation',
  unknown: 'payer not known',
} as const;

function shortAnswer(verdict: Verdict): string {
  if (verdict.outcome === 'refuses') return `nothing (${(verdict.refuses ?? '').replaceAll('-', ' ')})`;
  if (verdict.outcome !== 'sends') return 'not known';
  const slots = [verdict.authorization, verdict.xApiKey].filter((slot) => slot !== null);
  const titles = new Set(slots.map(({ source }) => sourceTitle(source)));
  return titles.size === 0 ? 'no credential' : [...titles].join(' + ');
}

function section(heading: string, lines: readonly string[], style: TextStyle): readonly string[] {
  return lines.length === 0 ? [] : [tint(heading, 'strong', style), ...lines];
}

function answerLines(inspection: Inspection, style: TextStyle): readonly string[] {
  return wrap(answerSentence(inspection), style.columns).map((line) => tint(line, 'strong', style));
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
function slotCells(slot: Slot | null, { facts }: Inspection): readonly [string, string] {
  if (slot === null) return ['nothing', ''];
  const pair =
    slot.reading.fingerprint === null || slot.helper === 'not-run' ? '' : wordPair(slot.reading.fingerprint);
  const run = slot.helper === 'not-run' ? ' (not run)' : '';
  const broken = slot.broken ? ', sent empty' : '';
  return [`${sourceTitle(slot.source)}${run}, ${readingLabel(slot.reading, facts)}${broken}`, pair];
}

function headingOf({ facts, context }: Inspection): string {
  const folder = shortPath(facts.place.folder, facts.place, 40);
  return `Ladder (${MODE_LABELS[context.mode].toLowerCase()} in ${folder}, Claude Code ${context.claudeCode.version})`;
}

/** What holds in the mode that was asked for, then what holds in another one only. */
function conflictsHere({ conflicts, context }: Inspection): readonly Conflict[] {
  return conflicts.filter(({ modes }) => modes.includes(context.mode));
}

function conflictLines(inspection: Inspection, style: TextStyle): readonly string[] {
  const { conflicts, context, facts } = inspection;
  const here = conflictsHere(inspection);
  const others = conflicts.filter((conflict) => !here.includes(conflict) && conflict.severity !== 'info');
  return groupedConflicts([...here, ...others], facts).flatMap(({ conflict, parts, steps: labels }) => {
    const { title, cause, consequence } = parts;
    const { mark, tone } = SEVERITY_MARKS[conflict.severity];
    const scope = conflict.modes.includes(context.mode)
      ? ''
      : ` (${modesSubject(conflict.modes).toLowerCase()} only)`;
    const head = wrap(`${title}${scope}`, style.columns, `  ${mark} `);
    const body = wrap(`${cause} ${consequence}`, style.columns, '    ');
    const steps = labels.flatMap((label) => wrap(label, style.columns, '    → '));
    return [...head.map((line) => tint(line, tone, style)), ...body, ...steps];
  });
}

function clockLines(inspection: Inspection, style: TextStyle): readonly string[] {
  return expirySentences(inspection).flatMap((sentence) => wrap(sentence, style.columns, '  '));
}

function noteLines(inspection: Inspection, style: TextStyle): readonly string[] {
  return notesOf(inspection).flatMap(({ message }) =>
    wrap(message, style.columns).map((line) => tint(line, 'quiet', style)),
  );
}
