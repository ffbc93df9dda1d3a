// as: electron/adapters/create-adapters.ts
// expect: nothing
export const onMac = process.platform === 'darwin';
