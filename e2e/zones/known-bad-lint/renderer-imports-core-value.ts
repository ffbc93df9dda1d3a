// as: renderer/known-bad.ts
// expect: zones/imports
export { anything } from '../shared/core/anything.ts';
