// as: shared/core/known-bad.ts
// expect: TS2591
export const fs: unknown = require('fs');
