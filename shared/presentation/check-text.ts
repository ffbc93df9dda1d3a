import type { CheckResult } from '../usecases/check.ts';
import type { Inspection } from '../usecases/inspect.ts';
import type { LiveCheck } from '../core/live-check.ts';
import { SOURCE_IDS } from '../core/source-id.ts';
import { SOURCES } from '../core/sources/index.ts';
import { answerSentence } from './answer-sentence.ts';
import { liveCheckSentence } from './live-check-sentence.ts';
import { durationPhrase } from './durations.ts';
import { printable } from './printable.ts';
import { tint, wrap, type TextStyle, type Tone } from './text-layout.ts';

const MARKS: Readonly<
  Record<CheckResult['met'], { readonly mark: string; readonly word: string; readonly tone: Tone | null }>
> = {
  yes: { mark: '●', word: 'met', tone: null },
  no: { mark: '✕', word: 'not met', tone: 'broken' },
  unknown: { mark: '?', word: 'not known', tone: 'attention' },
};

const LIVE: Readonly<Record<LiveCheck['state'], CheckResult['met']>> = {
  accepted: 'yes',
  stale: 'no',
  'cannot-tell': 'unknown',
};

type Say = (result: CheckResult) => string;

const WHAT: Readonly<Record<CheckResult['name'], Say>> = {
  expect: ({ expected, actual, met }) =>
    met === 'yes'
      ? `${wordFor(expected)}, as expected`
      : `expected ${wordFor(expected)}, found ${wordFor(actual)}`,
  'no-metered': ({ actual, met }) => {
    if (met === 'unknown') return 'whether something is paid per use cannot be told';
    return met === 'no'
      ? `${wordFor(actual)} is sent, and it is paid per use`
      : 'nothing that is sent is paid per use';
  },
  'min-login': ({ expected, actual }) =>
    `the login must last ${wordFor(expected)} for certain; now: ${wordFor(actual)}`,
  org: ({ expected, actual, met }) =>
    met === 'yes'
      ? 'the expected organisation'
      : `expected ${printable(expected)}, found ${actual === 'unknown' ? 'one that cannot be told' : printable(actual)}`,
};

const ACTUAL: Readonly<Record<string, string>> = {
  subscription: 'a subscription pays',
  metered: 'paid per use',
  organisation: 'an organisation pays',
  unknown: 'nothing that can be told',
  nothing: 'nothing is sent',
  'not-logged-in': 'nothing is sent: not logged in',
  'no login': 'there is none',
  'probably-ended': 'it has most likely ended',
  ended: 'it has ended',
  '0h': 'it may end at any time',
};

/** A payer, a source, a state or a time in hours, as a person would say it. */
function wordFor(text: string): string {
  const known = ACTUAL[text];
  if (known !== undefined) return known;
  const source = SOURCE_IDS.find((id) => id === text);
  if (source !== undefined) return SOURCES[source].phrase;
  const hours = /^([\d.]+)h$/.exec(text)?.[1];
  if (hours !== undefined) return durationPhrase(Number(hours) * 3_600_000);
  return text.replaceAll('-', ' ');
}

/** `credence check` for a person: each expectation, then the answer that it was held against. */
export function checkText(inspection: Inspection, results: readonly CheckResult[], style: TextStyle): string {
  const line = (met: CheckResult['met'], text: string): readonly string[] => {
    const { mark, word, tone } = MARKS[met];
    const head = `${mark} ${word}`;
    const [first = '', ...rest] = wrap(text, style.columns, `${head}  `);
    return [first.replace(head, tint(head, tone, style)), ...rest];
  };
  const { liveCheck } = inspection.facts;
  const lines = [
    ...results.flatMap((result) => line(result.met, `${result.name}: ${WHAT[result.name](result)}`)),
    ...(liveCheck === null ? [] : line(LIVE[liveCheck.state], `live: ${liveCheckSentence(liveCheck)}`)),
  ];
  return [...lines, ...wrap(answerSentence(inspection), style.columns), ''].join('\n');
}
