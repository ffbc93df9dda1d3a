// as: electron/cli/known-bad.ts
// expect: @typescript-eslint/no-floating-promises
const act = (): Promise<void> => Promise.resolve();
act();
export {};
