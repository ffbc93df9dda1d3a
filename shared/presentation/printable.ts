import { harmlessText } from '../core/harmless-text.ts';

/** Longest name that is shown whole: characters. */
export const LONGEST_NAME = 60;

/** Nearly every text is of these characters alone. */
const PLAIN = /^[ -~]*$/;
const CUT = '…';

/**
 * A text that came from outside (a path, an account, a version) as it may be shown: nothing in it acts on the terminal, and in
 * the middle it is shortened to `max` characters.
 */
export function printable(text: string, max: number = LONGEST_NAME): string {
  const clean = PLAIN.test(text) ? text : harmlessText(text);
  if (clean.length <= max) return clean;
  const characters = Array.from(clean);
  if (characters.length <= max) return clean;
  const tail = Math.max(0, Math.floor((max - 1) / 2));
  const head = Math.max(0, max - 1 - tail);
  return [...characters.slice(0, head), CUT, ...(tail === 0 ? [] : characters.slice(-tail))].join('');
}

/** How many characters a text has, a surrogate pair counted once. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
