import type { LadderReading, Rung } from '../core/ladder.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { STATE_MARKS } from './marks.ts';
import { lengthOf } from './printable.ts';
import { originName, readingLabel } from './origin-label.ts';
import { reasonSentence } from './reason-sentences.ts';
import { fullTitle, sourceTitle } from './source-label.ts';
import { pad, tint, wrap, type TextStyle } from './text-layout.ts';
import { wordPair } from './word-pair.ts';

/** The ladder: a row per source with its mark, what was found of it beneath; what is not set folds into one row. */
export function ladderLines(inspection: Inspection, style: TextStyle): readonly string[] {
  const { facts, verdict, ladder } = inspection;
  const shown = ladder.filter(({ state }) => state !== 'absent');
  const titles = shown.map(({ source }) => fullTitle(source, facts, verdict.provider));
  const width = Math.max(0, ...titles.map(lengthOf));
  const words = Math.max(0, ...shown.map(({ state }) => STATE_MARKS[state].word.length));
  const rows = shown.flatMap((rung, at) =>
    rungLines(rung, titles[at] ?? '', width, words, inspection, style),
  );
  const absent = ladder
    .filter(({ state }) => state === 'absent')
    .map(({ source }) => sourceTitle(source).toLowerCase());
  const folded = absent.length === 0 ? [] : wrap(`not set: ${lowerTitles(absent)}`, style.columns, '  ∅ ');
  return [...rows, ...folded.map((line) => tint(line, 'quiet', style))];
}

const lowerTitles = (titles: readonly string[]): string =>
  titles
    .map((title) =>
      title
        .replace(/\b(api|oauth)\b/g, (word) => (word === 'api' ? 'API' : 'OAuth'))
        .replace('base url', 'base URL')
        .replace('claude', 'Claude')
        .replace('console', 'Console'),
    )
    .join(', ');

function rungLines(
  rung: Rung,
  title: string,
  width: number,
  words: number,
  inspection: Inspection,
  style: TextStyle,
): readonly string[] {
  const { mark, word, tone } = STATE_MARKS[rung.state];
  const head = `  ${mark} ${pad(title, width)}  ${pad(word, words)}`;
  const best = rung.readings.find(
    ({ state, reason }) => state === rung.state && reason.code === rung.reason.code,
  );
  const [first, ...others] =
    best === undefined ? [] : [best, ...rung.readings.filter((reading) => reading !== best)];
  const place =
    first === undefined
      ? reasonSentence(rung.reason, viewOf(rung, null, inspection))
      : placeOf(first, inspection);
  const line = `${head}  ${place}`.trimEnd();
  const lines =
    lengthOf(line) <= style.columns ? [line] : [head.trimEnd(), ...wrap(place, style.columns, '      ')];
  const why =
    first === undefined || rung.state === 'wins' || rung.state === 'also-sent'
      ? []
      : wrap(reasonSentence(rung.reason, viewOf(rung, first, inspection)), style.columns, '      ');
  return [
    ...lines.map((text) => tint(text, tone === 'quiet' ? null : tone, style)),
    ...why.map((text) => tint(text, 'quiet', style)),
    ...others.flatMap((reading) => otherLines(rung, reading, inspection, style)),
  ];
}

/** A further reading of the same source: its mark, its place, and why it is not the one. */
function otherLines(
  rung: Rung,
  reading: LadderReading,
  inspection: Inspection,
  style: TextStyle,
): readonly string[] {
  const { mark, word } = STATE_MARKS[reading.state];
  const same = reading.state === rung.state && reading.reason.code === rung.reason.code;
  const why = same ? '' : `. ${reasonSentence(reading.reason, viewOf(rung, reading, inspection))}`;
  return wrap(`${placeOf(reading, inspection)}, ${word}${why}`, style.columns, `      ${mark} `).map((line) =>
    tint(line, 'quiet', style),
  );
}

function viewOf(rung: Rung, found: LadderReading | null, { facts, context, verdict }: Inspection) {
  return { source: rung.source, reading: found?.reading ?? null, facts, context, verdict };
}

/** Where it stands, what it is called there when that is not plain, and its word pair. */
function placeOf({ reading }: LadderReading, { facts }: Inspection): string {
  const name = originName(reading.origin);
  const label = readingLabel(reading, facts);
  const pair = reading.fingerprint === null ? '' : `  ${wordPair(reading.fingerprint)}`;
  const shown = name !== null && rungNeedsName(reading.source) ? `${name}, ${label}` : label;
  return `${shown}${doubt(reading.likelyFrom?.[0]?.certainty)}${pair}`;
}

/** A line that may not run, or whose value is not in it, is only probably the one. */
function doubt(certainty: 'literal' | 'conditional' | 'computed' | undefined): string {
  return certainty === 'conditional' || certainty === 'computed' ? ` (${certainty})` : '';
}

/** One variable per source needs no name; a cloud provider has many. */
const rungNeedsName = (source: Rung['source']): boolean => source === 'cloud-provider';
