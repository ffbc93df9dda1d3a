// as: electron/adapters/files/known-bad.ts
// expect: @typescript-eslint/no-restricted-imports
export { env } from 'node:process';
