// as: electron/cli/known-bad.ts
// expect: zones/imports
export { anything } from '../main/anything.ts';
