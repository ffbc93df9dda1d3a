// as: shared/core/allowed.ts
// expect: nothing
export const control: string = ['pure', 'code'].join(' ');
export const then = new Date(0).toISOString();
