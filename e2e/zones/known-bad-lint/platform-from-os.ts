// as: electron/cli/known-bad.ts
// expect: @typescript-eslint/no-restricted-imports
export { platform } from 'node:os';
