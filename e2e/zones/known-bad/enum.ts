// as: shared/core/known-bad.ts
// expect: TS1294
export enum Colour {
  Red,
}
