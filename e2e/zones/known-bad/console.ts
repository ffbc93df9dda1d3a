// as: shared/core/known-bad.ts
// expect: TS2584
console.log('text');
