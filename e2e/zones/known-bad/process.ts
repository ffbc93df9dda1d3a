// as: shared/core/known-bad.ts
// expect: TS2591
export const home = process.env['HOME'];
