// as: shared/core/known-bad.ts
// expect: zones/imports
export { anything } from '../usecases/anything.ts';
