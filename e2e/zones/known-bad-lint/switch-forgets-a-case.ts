// as: shared/core/known-bad.ts
// expect: @typescript-eslint/switch-exhaustiveness-check
export function describe(colour: 'red' | 'green'): string {
  switch (colour) {
    case 'red':
      return 'like a rose';
  }
  return 'like grass';
}
