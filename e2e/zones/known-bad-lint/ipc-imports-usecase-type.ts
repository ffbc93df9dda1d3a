// as: shared/ipc/known-bad.ts
// expect: zones/imports
export type * from '../usecases/anything.ts';
