// as: renderer/known-bad.ts
// expect: zones/imports
export { readFileSync } from 'node:fs';
