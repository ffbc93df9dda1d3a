// as: electron/cli/credence.ts
// expect: nothing
export const home = process.env['HOME'];
