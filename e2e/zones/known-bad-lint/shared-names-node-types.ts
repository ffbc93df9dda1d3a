// as: shared/core/known-bad.ts
// expect: @typescript-eslint/triple-slash-reference
/// <reference types="node" />
export const nothing = undefined;
