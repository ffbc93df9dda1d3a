// as: shared/core/known-bad.ts
// expect: TS2304
setTimeout(() => undefined, 1000);
