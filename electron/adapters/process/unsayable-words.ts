import { readFileSync } from 'node:fs';

export interface Unsayable {
  /** How many words of the command line. */
  readonly words: number;
  /** Variables, by the name that Node makes of theirs. */
  readonly variables: readonly string[];
}

/**
 * What this process was started with that is no UTF-8. Node reads command line and environment as UTF-8 and writes them so again:
 * other bytes become U+FFFD on the way, and there is no other way to hand them on.
 *
 * Only what holds a U+FFFD can be affected; where the bytes themselves cannot be looked at, each of that kind counts.
 */
export function unsayableWords(
  words: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Unsayable {
  const doubtful = (text: string): boolean => text.includes('\ufffd');
  const names = Object.keys(variables).filter((name) => doubtful(`${name}${variables[name] ?? ''}`));
  const count = words.filter(doubtful).length;
  if (names.length === 0 && count === 0) return { words: 0, variables: [] };
  const line = brokenParts('/proc/self/cmdline');
  const environment = brokenParts('/proc/self/environ');
  return {
    words: line === null ? count : words.filter((word) => line.includes(word)).length,
    variables:
      environment === null
        ? names
        : names.filter((name) => environment.includes(`${name}=${variables[name] ?? ''}`)),
  };
}

/** The parts that are no UTF-8, as Node reads them; `null`: it cannot be told. */
function brokenParts(file: string): readonly string[] | null {
  try {
    const bytes = readFileSync(file);
    const parts: string[] = [];
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(0, at);
      const part = bytes.subarray(at, end < 0 ? bytes.length : end);
      const text = part.toString('utf8');
      if (!Buffer.from(text, 'utf8').equals(part)) parts.push(text);
      at += part.length + 1;
    }
    return parts;
  } catch {
    return null;
  }
}
