// as: shared/core/known-bad.ts
// expect: TS6059
import { control } from '../../e2e/zones/allowed/pure.ts';

export const borrowed = control;
