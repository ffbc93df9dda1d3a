// as: electron/adapters/files/known-bad.ts
// expect: zones/imports
export { anything } from '../../cli/anything.ts';
