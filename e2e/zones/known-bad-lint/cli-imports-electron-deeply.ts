// as: electron/cli/known-bad.ts
// expect: zones/imports
export { app } from 'electron/main';
