// as: shared/core/known-bad.ts
// expect: TS2584
export const title: unknown = document.title;
