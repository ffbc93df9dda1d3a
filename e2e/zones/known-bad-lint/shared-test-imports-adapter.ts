// as: shared/core/known-bad.test.ts
// expect: zones/imports
export { anything } from '../../electron/adapters/anything.ts';
