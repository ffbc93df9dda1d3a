// as: shared/core/known-bad.ts
// expect: TS2591
export const bytes = Buffer.from('text');
