import type { FileReading } from '../ports/file-store.ts';

type ReadFile = Extract<FileReading, { readonly state: 'read' }>;
type Parse<T> = (text: string) => T;

/** What was made of a reading, for as long as somebody holds the reading. */
const parsed = new WeakMap<ReadFile, Map<Parse<unknown>, unknown>>();

/**
 * Parses a reading, or gives what the same parser made of the very same reading before: the passes of a scan share the user's
 * files, and a `.claude.json` of megabytes need not be parsed for each folder.
 *
 * @param parse pure, and the same function each time; its result must not be changed
 */
export function parseOnce<T>(reading: ReadFile, parse: Parse<T>): T {
  const known = parsed.get(reading) ?? new Map<Parse<unknown>, unknown>();
  if (!known.has(parse)) known.set(parse, parse(reading.text));
  parsed.set(reading, known);
  return known.get(parse) as T;
}
