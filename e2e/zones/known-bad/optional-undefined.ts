// as: shared/core/known-bad.ts
// expect: TS2375
export const origin: { readonly line?: number } = { line: undefined };
