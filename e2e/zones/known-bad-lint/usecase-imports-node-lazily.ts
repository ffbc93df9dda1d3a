// as: shared/usecases/known-bad.ts
// expect: zones/imports
export const load = async (): Promise<unknown> => import('node:fs');
