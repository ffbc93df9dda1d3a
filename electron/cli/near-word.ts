/** The word that somebody probably meant: it begins like one of the known, or few letters were mistyped; `null`: none is near. */
export function nearWord(typed: string, known: readonly string[]): string | null {
  const word = typed.toLowerCase();
  if (word.length < 2 || word.length > LONGEST) return null;
  const ranked = known
    .map((candidate) => ({ candidate, cost: candidate.startsWith(word) ? 0 : distance(word, candidate) }))
    .sort((one, other) => one.cost - other.cost);
  const [best] = ranked;
  return best !== undefined && best.cost <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : null;
}

/** Nothing known is longer, and the distance takes the square of it. */
const LONGEST = 40;

/** Letters left out, put in, mistaken, or swapped with their neighbour (optimal string alignment). */
function distance(one: string, other: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const costs = [
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      ];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) costs.push((beforeLast[column - 2] ?? 0) + 1);
      next.push(Math.min(...costs));
    }
    [beforeLast, last] = [last, next];
  }
  return last[other.length] ?? 0;
}

/**
 * A typed word in a message. What might be a secret that was pasted into the wrong place is not repeated, nor is anything that
 * could act on a terminal.
 */
export function typedWord(text: string): string | null {
  return /^[A-Za-z][A-Za-z_-]{0,39}$/.test(text) && !/^sk-/i.test(text) ? `“${text}”` : null;
}
