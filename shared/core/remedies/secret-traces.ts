/** So many characters of a secret in a row are a part of it that must not be seen. */
const LENGTH = 6;
/** What is shorter is looked for as a whole word only: it would be found everywhere. */
const SHORTEST = 4;

/** What is to be shown, with what of it everybody knows. */
export interface ShownPiece {
  readonly text: string;
  readonly isPublic: boolean;
}

/**
 * Tells whether parts of known secrets are in what is to be shown, also with quotes, escapes or blanks in between. A part that
 * lies within what everybody knows gives nothing away.
 */
export function secretTraces(secrets: readonly string[]): (shown: readonly ShownPiece[]) => boolean {
  const words = new Set(secrets.filter((secret) => secret.length > 0 && secret.length < SHORTEST));
  const exact: Parts = new Map();
  const loose: Parts = new Map();
  for (const secret of secrets.filter(({ length }) => length >= SHORTEST)) {
    addParts(exact, secret);
    const letters = lettersOf(secret);
    if (letters.length >= LENGTH) addParts(loose, letters);
  }
  return (shown) => {
    const text = shown.map((piece) => piece.text).join('');
    /** For each character where the public piece ends that it is in; 0: it is in none. */
    const publicUntil = shown.reduce<number[]>((ends, piece) => {
      const end = piece.isPublic ? ends.length + piece.text.length : 0;
      return [...ends, ...Array.from({ length: piece.text.length }, () => end)];
    }, []);
    const apart = shown.map((piece) => (piece.isPublic ? '\0' : piece.text)).join('');
    return (
      (words.size > 0 && apart.split(/[^\p{L}\p{N}_-]+/u).some((word) => words.has(word))) ||
      holdsPart(exact, text, (at, length) => (publicUntil[at] ?? 0) < at + length) ||
      apart.split('\0').some((part) => holdsPart(loose, lettersOf(part), () => true))
    );
  };
}

/** Parts of secrets, by their length. */
type Parts = Map<number, Set<string>>;

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

function addParts(parts: Parts, secret: string): void {
  const length = Math.min(LENGTH, secret.length);
  const known = parts.get(length) ?? new Set();
  parts.set(length, known);
  for (let at = 0; at + length <= secret.length; at++) {
    const part = secret.slice(at, at + length);
    if (part.trim() !== '') known.add(part);
  }
}

function holdsPart(parts: Parts, text: string, counts: (at: number, length: number) => boolean): boolean {
  for (const [length, known] of parts) {
    for (let at = 0; at + length <= text.length; at++) {
      if (known.has(text.slice(at, at + length)) && counts(at, length)) return true;
    }
  }
  return false;
}
