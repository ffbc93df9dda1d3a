// as: electron/adapters/environment/allowed.ts
// expect: nothing
export const home = process.env['HOME'];
