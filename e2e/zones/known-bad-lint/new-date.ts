// as: shared/usecases/known-bad.ts
// expect: no-restricted-syntax
export const now = new Date();
