// as: shared/core/rules/known-bad.ts
// expect: zones/imports
import type { Anything } from '../../usecases/anything.ts';

export type Copy = Anything;
