// as: electron/preload/known-bad.ts
// expect: zones/imports
export { anything } from '../../shared/ipc/contract.ts';
