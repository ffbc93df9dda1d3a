// as: shared/core/known-bad.ts
// expect: @typescript-eslint/no-non-null-assertion
export const first = (words: readonly string[]): string => words[0]!;
