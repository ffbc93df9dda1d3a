import { mentionsCredentials } from './found-line.ts';

/** zsh looks for its other start-up files in it. */
export const ZDOTDIR = 'ZDOTDIR';

/** A start-up file beyond this is no work of a person, and would cost more than an answer may take. */
const LONGEST_TEXT = 1024 * 1024;

const SETS_ZDOTDIR = /(?<!\$\{?)ZDOTDIR|\$\{ZDOTDIR:{0,2}=/;
const SOURCES = /(?:^|[\s;&(])(?:source|\.)\s/m;
/**
 * A line that is surely a comment: with a quote or a bracket it may be the end of something that began above, and behind a
 * backslash it goes on with that line's last word.
 */
const COMMENT = /(?<![^\n]|\\\r?\n)[ \t]*#[^\n'"`\\$(){}[\]<>]*(?![^\n])/g;

/** Most start-up files name nothing of interest and source nothing; that `ZDOTDIR` is used gives it no value. */
export function isWorthParsing(text: string): boolean {
  if (text.length > LONGEST_TEXT) return false;
  if (mentionsCredentials(text) || SETS_ZDOTDIR.test(text)) return true;
  return SOURCES.test(text) && SOURCES.test(text.replace(COMMENT, ''));
}
