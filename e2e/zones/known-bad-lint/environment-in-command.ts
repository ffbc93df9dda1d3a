// as: electron/cli/commands/known-bad.ts
// expect: no-restricted-properties
export const home = process.env['HOME'];
