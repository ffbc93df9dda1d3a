// as: electron/adapters/files/known-bad.ts
// expect: zones/imports
export { app } from 'electron';
