// as: shared/usecases/known-bad.ts
// expect: zones/imports
export type * from '../presentation/anything.ts';
