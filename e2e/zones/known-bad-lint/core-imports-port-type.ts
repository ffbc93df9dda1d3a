// as: shared/core/known-bad.ts
// expect: zones/imports
export type * from '../ports/anything.ts';
