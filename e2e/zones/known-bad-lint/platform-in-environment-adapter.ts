// as: electron/adapters/environment/known-bad.ts
// expect: no-restricted-properties
export const onMac = process.platform === 'darwin';
