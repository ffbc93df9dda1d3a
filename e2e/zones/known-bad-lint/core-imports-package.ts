// as: shared/core/known-bad.ts
// expect: zones/imports
export { parse } from 'jsonc-parser';
