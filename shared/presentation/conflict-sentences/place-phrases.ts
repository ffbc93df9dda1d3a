import type { Facts } from '../../core/facts.ts';
import type { Origin } from '../../core/origin.ts';
import { isInlineText, plainPhrase } from '../origin-label.ts';
import { shortPath } from '../short-path.ts';

/** “ from ~/.zshrc:42”, with the blank before it; empty when the place is not known. */
export function fromPlace(origin: Origin | undefined, facts: Facts): string {
  return origin === undefined ? '' : ` from ${plainPhrase(origin, facts)}`;
}

/** The place itself; “a setting” when it is not known. */
export function placeOf(origin: Origin | undefined, facts: Facts): string {
  return origin === undefined ? 'a setting' : plainPhrase(origin, facts);
}

/** The file as a whole, whatever line of it is meant. */
export function wholeFile(origin: Origin | undefined, facts: Facts): string {
  if (origin?.path === undefined || isInlineText(origin)) return placeOf(origin, facts);
  return shortPath(origin.path, facts.place);
}
