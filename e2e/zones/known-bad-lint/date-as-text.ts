// as: shared/presentation/known-bad.ts
// expect: no-restricted-syntax
export const now = Date();
