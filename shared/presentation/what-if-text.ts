import type { Inspection } from '../usecases/inspect.ts';
import type { WhatIfChange } from '../usecases/what-if.ts';
import { answerSentence } from './answer-sentence.ts';
import { payerSentence } from './payer-sentences.ts';
import { ladderLines } from './ladder-text.ts';
import { printable } from './printable.ts';
import { tint, wrap, type TextStyle } from './text-layout.ts';

/** `credence what-if` for a person: the supposed answer first, then what it is now, then the ladder re-settled. */
export function whatIfText(
  now: Inspection,
  then: Inspection,
  changes: readonly WhatIfChange[],
  style: TextStyle,
): string {
  const supposed = changes.map(changePhrase).join(', ');
  const sentences = (inspection: Inspection): string =>
    [answerSentence(inspection), payerSentence(inspection)].filter((sentence) => sentence !== null).join(' ');
  return [
    ...wrap(sentences(then), style.columns).map((line) => tint(line, 'strong', style)),
    '',
    ...wrap(
      `Supposed: ${supposed}. ${sentences(now) === sentences(then) ? 'The answer stays the same.' : 'Nothing was changed.'}`,
      style.columns,
    ),
    ...wrap(`Now: ${sentences(now)}`, style.columns),
    '',
    ...ladderLines(then, style),
    '',
  ].join('\n');
}

function changePhrase({ kind, target, place }: WhatIfChange): string {
  const where =
    place === null
      ? kind === 'without'
        ? ''
        : ' added'
      : ` in ${place === 'shell' ? 'the shell' : `${place} settings`}`;
  return `${kind} ${printable(target, 60)}${where}`;
}
