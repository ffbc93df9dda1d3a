import { expect, test } from 'vitest';
import { lastEffective } from './last-effective.ts';
import { readPosixShell } from './posix-shell.ts';

function candidates(...files: readonly string[]): readonly string[] {
  const assignments = files.flatMap((text) => readPosixShell(text, (name) => name === 'KEY').assignments);
  return lastEffective(assignments).map(
    ({ kind, value, certainty, exported }) =>
      `${kind} ${value ?? '?'} ${certainty}${exported ? ' exported' : ''}`,
  );
}

test.each([
  ['the last one wins', 'export KEY=a\nexport KEY=b', ['set b literal exported']],
  ['a computed one wins, too', 'export KEY=a\nexport KEY=$x', ['set ? computed exported']],
  ['a removed one is gone', 'export KEY=a\nunset KEY', []],
  ['a scoped one does not count', 'export KEY=a\nKEY=b true', ['set a literal exported']],
  [
    'a conditional one leaves the one before',
    'export KEY=a\nx && export KEY=b',
    ['set a literal exported', 'set b conditional exported'],
  ],
  [
    'so does a computed one in a condition',
    'export KEY=a\nx && export KEY=$y',
    ['set a literal exported', 'set ? computed exported'],
  ],
  [
    'and a conditional removal',
    'export KEY=a\nx && unset KEY',
    ['set a literal exported', 'unset ? conditional exported'],
  ],
  ['which alone is nothing', 'x && unset KEY', []],
  ['a sure one ends all doubt', 'x && export KEY=a\nexport KEY=b', ['set b literal exported']],
  ['nothing is nothing', '', []],
])('%s', (_, text, expected) => {
  expect(candidates(text)).toEqual(expected);
});

test('an exported variable stays exported in the next file', () => {
  expect(candidates('export KEY=a', 'KEY=b')).toEqual(['set b literal exported']);
  expect(candidates('KEY=a', 'KEY=b')).toEqual(['set b literal']);
  expect(candidates('x && export KEY=a', 'KEY=b')).toEqual(['set b conditional exported']);
});
