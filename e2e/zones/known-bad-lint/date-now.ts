// as: shared/core/known-bad.ts
// expect: no-restricted-properties
export const now = Date.now();
