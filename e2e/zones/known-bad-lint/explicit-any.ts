// as: shared/core/known-bad.ts
// expect: @typescript-eslint/no-explicit-any
export type Anything = any;
