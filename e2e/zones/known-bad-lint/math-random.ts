// as: shared/core/known-bad.ts
// expect: no-restricted-properties
export const chance = Math.random();
