import { expect, test } from 'vitest';
import { STEPS, chooseSteps } from './test-steps.mjs';

const names = (options: { only?: string; quick?: boolean }): readonly string[] =>
  chooseSteps(options).map(({ name }) => name);

test('Without options every step is taken.', () => {
  expect(chooseSteps({})).toEqual(STEPS);
});

test('The quick run leaves out what asks the built command.', () => {
  expect(names({ quick: true })).toEqual(['format', 'lint', 'typecheck', 'zones', 'build', 'unit']);
});

test('Chosen steps are taken in their own order, and what asks the built command builds it first.', () => {
  expect(names({ only: 'unit,lint' })).toEqual(['lint', 'unit']);
  expect(names({ only: 'conformance' })).toEqual(['build', 'conformance']);
});

test('A step that does not exist is refused, so that a typing error does not pass as a green run.', () => {
  expect(() => chooseSteps({ only: 'unit,lnit' })).toThrow('There is no step named lnit');
});
