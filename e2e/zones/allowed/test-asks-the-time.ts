// as: shared/core/allowed.test.ts
// expect: nothing
import { expect, test } from 'vitest';

test('Tests may use the test runner and the clock.', () => {
  expect(Date.now()).toBeGreaterThan(0);
});
