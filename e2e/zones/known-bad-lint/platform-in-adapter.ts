// as: electron/adapters/files/known-bad.ts
// expect: no-restricted-properties
export const onMac = process.platform === 'darwin';
