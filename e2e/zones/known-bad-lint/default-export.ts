// as: shared/core/known-bad.ts
// expect: no-restricted-exports
export default 1;
