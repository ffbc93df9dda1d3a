const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'] as const;

/** “two lines” */
export function countedNoun(number: number, noun: string): string {
  return `${NUMBERS[number] ?? String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
