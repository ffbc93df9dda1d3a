import type { Explanation } from './explain.ts';
import { tint, wrap, type TextStyle } from './text-layout.ts';

/** `credence explain` for a person. */
export function explainText(explanation: readonly Explanation[], style: TextStyle): string {
  const blocks = explanation.map(({ heading, lines }) => [
    ...(heading === undefined ? [] : [tint(heading, 'strong', style)]),
    ...lines.flatMap((line) => wrap(line, style.columns)),
    '',
  ]);
  return blocks.flat().join('\n');
}
