// as: shared/core/known-bad.ts
// expect: TS2304
export const id: unknown = crypto.randomUUID();
