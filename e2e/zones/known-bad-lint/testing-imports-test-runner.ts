// as: shared/testing/known-bad.ts
// expect: zones/imports
export { expect } from 'vitest';
