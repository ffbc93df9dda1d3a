// as: shared/core/known-bad.ts
// expect: TS2322
const words: readonly string[] = [];
export const first: string = words[0];
