import { baseUrlOf } from '../../core/rules/payer.ts';
import { answeredVerdict } from '../../core/settle-ladder.ts';
import type { Slot } from '../../core/verdict.ts';
import type { Answer, AnswerRow, Segment, StateMark } from '../../ipc/snapshot.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { answerLabel } from '../answer-label.ts';
import { answerSentence } from '../answer-sentence.ts';
import { MODE_LABELS } from '../mode-words.ts';
import { payerSentence } from '../payer-sentences.ts';
import { printable } from '../printable.ts';
import { obstacleOf } from '../refusal-sentences.ts';
import { fullTitle } from '../source-label.ts';
import { wordPair } from '../word-pair.ts';
import { namedPlace, originSegment, readingSegment, type PlaceBook } from './place-book.ts';
import { textSegment, withPlaces } from './segments.ts';
import { atHome, verdictMark } from './verdict-mark.ts';

/**
 * The answer as the window says it.
 *
 * @param others the other modes of the same folder, told where they differ
 */
export function answerView(inspection: Inspection, others: readonly Inspection[], book: PlaceBook): Answer {
  const shown = atHome(inspection);
  const places = slotsOf(shown).map(({ reading }) => namedPlace(reading, shown.facts, book));
  return {
    mark: verdictMark(inspection),
    sentence: withPlaces(answerSentence(shown), places),
    consequence: consequence(inspection, shown),
    rows: [
      ...slotRows(shown, book),
      ...addressRow(shown, book),
      ...accountRow(shown),
      ...others.flatMap((other) => otherModeRow(other, shown)),
    ],
    excerpt: null,
  };
}

function slotsOf(inspection: Inspection): readonly Slot[] {
  const { authorization, xApiKey } = answeredVerdict(inspection.verdict);
  return [authorization, xApiKey].filter((slot) => slot !== null);
}

function consequence(asked: Inspection, shown: Inspection): readonly Segment[] | null {
  const { verdict, facts, context } = shown;
  const obstacle = obstacleOf(verdict, facts, context);
  if (obstacle !== null) return [textSegment(obstacle.advice)];
  const payer = payerSentence(shown);
  const question = asked === shown ? '' : ' Claude Code asks first whether you trust your home folder.';
  if (payer === null) return question === '' ? null : [textSegment(question.trim())];
  const tone = shown.pays === 'metered' ? 'amber' : 'ink';
  return [textSegment(payer, tone), ...(question === '' ? [] : [textSegment(question)])];
}

function slotRows(inspection: Inspection, book: PlaceBook): readonly AnswerRow[] {
  const { authorization, xApiKey, outcome } = answeredVerdict(inspection.verdict);
  if (outcome !== 'sends') return [];
  const both = authorization !== null && xApiKey !== null;
  const row = (label: string, slot: Slot | null): AnswerRow => ({
    label,
    isCode: true,
    mark: both ? markOf(slot, inspection) : null,
    value: slot === null ? [textSegment('nothing', 'quiet')] : slotValue(slot, inspection, book),
    isQuiet: slot === null,
  });
  return [row('Authorization', authorization), row('x-api-key', xApiKey)];
}

function markOf(slot: Slot | null, { ladder }: Inspection): StateMark | null {
  if (slot === null) return null;
  if (slot.broken) return 'broken';
  return ladder.find(({ source }) => source === slot.source)?.state === 'wins' ? 'wins' : 'also';
}

function slotValue(slot: Slot, { facts, verdict }: Inspection, book: PlaceBook): readonly Segment[] {
  const title = textSegment(fullTitle(slot.source, facts, verdict.provider), slot.broken ? 'red' : 'ink');
  if (slot.broken) return [title, textSegment(', sent empty', 'red')];
  if (slot.helper === 'not-run') {
    return [
      title,
      textSegment(' from '),
      readingSegment(slot.reading, facts, book, 44),
      textSegment(slot.run === null ? ', not run' : ', did not end in time'),
    ];
  }
  const { fingerprint } = slot.reading;
  return fingerprint === null
    ? [title]
    : [title, textSegment(' '), { kind: 'code', text: wordPair(fingerprint) }];
}

function addressRow(inspection: Inspection, book: PlaceBook): readonly AnswerRow[] {
  const { facts, verdict } = inspection;
  const url = baseUrlOf(facts, answeredVerdict(verdict).provider);
  if (url === null) return [];
  return [
    {
      label: 'Base URL',
      isCode: false,
      mark: null,
      value: [
        { kind: 'code', text: printable(url.entry.text ?? '', 400) },
        textSegment(' from '),
        originSegment(
          url.entry.likelyFrom?.[0] === undefined ? url.entry.origin : likelyOrigin(url.entry.likelyFrom[0]),
          facts,
          book,
        ),
      ],
      isQuiet: false,
    },
  ];
}

const likelyOrigin = ({ path, line }: { readonly path: string; readonly line: number }) =>
  ({ kind: 'login-shell', path, line }) as const;

/** Whose login or Console key it is. */
function accountRow(inspection: Inspection): readonly AnswerRow[] {
  const { account } = inspection.facts.claudeJson;
  const isAccount = slotsOf(inspection).some(
    ({ source }) => source === 'claude-login' || source === 'console-key',
  );
  const text = [account?.email, account?.organisationName]
    .filter((part) => part != null)
    .map((part) => printable(part))
    .join(', ');
  return isAccount && text !== ''
    ? [{ label: 'Account', isCode: false, mark: null, value: [textSegment(text)], isQuiet: false }]
    : [];
}

/** What another mode does, where it is not the same. */
function otherModeRow(other: Inspection, shown: Inspection): readonly AnswerRow[] {
  const [label, own] = [other, shown].map(({ verdict, facts }) => answerLabel(verdict, facts));
  if (label === undefined || label === own) return [];
  return [
    {
      label: MODE_LABELS[other.context.mode],
      isCode: false,
      mark: null,
      value: [textSegment(label)],
      isQuiet: false,
    },
  ];
}
