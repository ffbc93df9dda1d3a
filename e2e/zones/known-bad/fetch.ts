// as: shared/core/known-bad.ts
// expect: TS2304
export const answer: unknown = fetch('http://127.0.0.1');
