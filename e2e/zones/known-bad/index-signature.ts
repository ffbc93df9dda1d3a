// as: shared/core/known-bad.ts
// expect: TS4111
declare const values: Readonly<Record<string, string>>;
export const home = values.HOME;
