import type { CheckResult } from '../usecases/check.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { answerSentence } from './answer-sentence.ts';
import { tint, wrap, type TextStyle, type Tone } from './text-layout.ts';

const MARKS: Readonly<
  Record<CheckResult['met'], { readonly mark: string; readonly word: string; readonly tone: Tone | null }>
> = {
  yes: { mark: '●', word: 'met', tone: null },
  no: { mark: '✕', word: 'not met', tone: 'broken' },
  unknown: { mark: '?', word: 'not known', tone: 'attention' },
};

const WHAT: Readonly<Record<CheckResult['name'], (result: CheckResult) => string>> = {
  expect: ({ expected, actual, met }) =>
    met === 'yes' ? `it is ${expected}` : `expected ${expected}, it is ${actual}`,
  'no-metered': ({ actual, met }) =>
    met === 'no' ? `${actual} is sent, and it is paid per use` : 'nothing that is sent is paid per use',
  'min-login': ({ expected, actual }) => `the login must last ${expected} for certain, it lasts ${actual}`,
  org: ({ expected, actual, met }) =>
    met === 'yes' ? `it is ${expected}` : `expected ${expected}, it is ${actual}`,
};

/** `credence check` for a person: each expectation, then the answer that it was held against. */
export function checkText(inspection: Inspection, results: readonly CheckResult[], style: TextStyle): string {
  const lines = results.map((result) => {
    const { mark, word, tone } = MARKS[result.met];
    return `${tint(`${mark} ${word}`, tone, style)}  ${result.name}: ${WHAT[result.name](result)}`;
  });
  return [...lines, ...wrap(answerSentence(inspection), style.columns), ''].join('\n');
}
