// as: shared/presentation/known-bad.ts
// expect: zones/imports
export { anything } from '../../electron/cli/anything.ts';
