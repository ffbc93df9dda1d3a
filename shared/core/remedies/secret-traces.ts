/** So many characters of a secret in a row are a part of it that must not be seen. */
const LENGTH = 6;
/** What is shorter is looked for as a whole word only: it would be found everywhere. */
const SHORTEST = 4;

/** Tells whether parts of known secrets are in a text, also with quotes, escapes or blanks in between. */
export function secretTraces(secrets: readonly string[]): (shown: string) => boolean {
  const words = new Set(secrets.filter((secret) => secret.length > 0 && secret.length < SHORTEST));
  const long = secrets.filter((secret) => secret.length >= SHORTEST);
  const exact = new Map<number, Set<string>>();
  const loose = new Map<number, Set<string>>();
  for (const secret of long) {
    addParts(exact, secret);
    const letters = lettersOf(secret);
    if (letters.length >= LENGTH) addParts(loose, letters);
  }
  return (shown) =>
    (words.size > 0 && shown.split(/[^\p{L}\p{N}_-]+/u).some((word) => words.has(word))) ||
    holdsPart(exact, shown) ||
    shown.split('\0').some((part) => holdsPart(loose, lettersOf(part)));
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

function addParts(parts: Map<number, Set<string>>, secret: string): void {
  const length = Math.min(LENGTH, secret.length);
  const known = parts.get(length) ?? new Set();
  parts.set(length, known);
  for (let at = 0; at + length <= secret.length; at++) {
    const part = secret.slice(at, at + length);
    if (part.trim() !== '') known.add(part);
  }
}

function holdsPart(parts: ReadonlyMap<number, ReadonlySet<string>>, text: string): boolean {
  for (const [length, known] of parts) {
    for (let at = 0; at + length <= text.length; at++)
      if (known.has(text.slice(at, at + length))) return true;
  }
  return false;
}
