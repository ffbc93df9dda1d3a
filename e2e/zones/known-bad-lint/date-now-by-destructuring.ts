// as: shared/usecases/known-bad.ts
// expect: no-restricted-properties
export const { now } = Date;
