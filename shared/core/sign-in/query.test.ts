import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PARAMETER_LIMIT, QUERY_LIMIT, queryParameters, sameState, stateOf } from './query.ts';

const entriesOf = (query: string) => {
  const found = queryParameters(query);
  return found === null ? null : [...found];
};

describe('A query is read', () => {
  test.each([
    ['', []],
    ['&&', []],
    [
      'code=a&state=b',
      [
        ['code', ['a']],
        ['state', ['b']],
      ],
    ],
    ['code=a+b%2B', [['code', ['a b+']]]],
    ['code=a=b', [['code', ['a=b']]]],
    ['code', [['code', ['']]]],
    ['=a', [['', ['a']]]],
    ['state=a&state=b', [['state', ['a', 'b']]]],
    ['%73tate=a', [['state', ['a']]]],
    ['a=%F0%9F%90%99', [['a', ['🐙']]]],
    ['a=%0d%0a', [['a', ['\r\n']]]],
    ['__proto__=a', [['__proto__', ['a']]]],
    ['a=1;b=2', [['a', ['1;b=2']]]],
    ['a=/?:@', [['a', ['/?:@']]]],
  ])('%j', (query, expected) => {
    expect(entriesOf(query)).toEqual(expected);
  });
});

test.each([
  ['a bad escape', 'a=%'],
  ['half an escape', 'a=%4'],
  ['an escape that is none', 'a=%zz'],
  ['an escape in a name', '%zz=a'],
  ['bytes that are no UTF-8', 'a=%ff'],
  ['half a character', 'a=%C3'],
  ['a surrogate', 'a=%ED%A0%80'],
  ['a space', 'a=b c'],
  ['a line break', 'a=b\r\nc'],
  ['a NUL', 'a=\0'],
  ['an umlaut', 'a=ä'],
  ['an octopus', 'a=🐙'],
  ['a fragment', 'a=b#c'],
  ['too many parameters', 'a&'.repeat(PARAMETER_LIMIT + 1)],
  ['too many characters', `a=${'b'.repeat(QUERY_LIMIT - 1)}`],
])('A query with %s has nothing that counts.', (_, query) => {
  expect(queryParameters(query)).toBeNull();
  expect(stateOf(`state=made-up&${query}`)).toBeNull();
});

test('The longest and the fullest query are still read.', () => {
  expect(entriesOf(`a=${'b'.repeat(QUERY_LIMIT - 2)}`)).toHaveLength(1);
  expect(queryParameters('a&'.repeat(PARAMETER_LIMIT))?.get('a')).toHaveLength(PARAMETER_LIMIT);
});

const aQuery = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '=', '&', '%', '+', '4', 'F', '#', ';', '?', ' ', 'state', '%20') }),
  fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 8 }).map((pairs) => {
    return new URLSearchParams(pairs).toString();
  }),
);

test('What is read is what the platform reads, and nothing throws.', () => {
  fc.assert(
    fc.property(aQuery, (query) => {
      const found = queryParameters(query);
      if (found === null) return;
      // It would drop a question mark at the start.
      const theirs = new URLSearchParams(`&${query}`);
      const flat = [...found].flatMap(([name, values]) => values.map((value) => [name, value]));
      const sorted = (pairs: readonly (readonly string[])[]) => pairs.map((pair) => pair.join('=')).sort();
      expect(sorted(flat)).toEqual(sorted([...theirs]));
      for (const name of theirs.keys()) expect(found.get(name)).toEqual(theirs.getAll(name));
    }),
  );
});

test('Whatever a form can hold is read again.', () => {
  const form = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(form, (pairs) => {
      const query = new URLSearchParams(pairs).toString();
      fc.pre(query.length <= QUERY_LIMIT);
      const found = queryParameters(query);
      for (const [name, value] of pairs) expect(found?.get(name)).toContain(value);
    }),
  );
});

describe('The state', () => {
  test.each([
    ['state=a', 'a'],
    ['code=x&state=a&iss=y', 'a'],
    ['state=a&state=a', null],
    ['state=a&%73tate=b', null],
    ['state=', null],
    ['state', null],
    ['State=a', null],
    ['code=state', null],
    ['', null],
  ])('of %j is %j.', (query, expected) => {
    expect(stateOf(query)).toBe(expected);
  });

  test.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['a', 'A', false],
    ['a', 'ab', false],
    ['ab', 'a', false],
    ['a', 'a\0', false],
    ['a\0', 'a', false],
    ['a', '', false],
    ['a', null, false],
    // An attempt without one accepts nothing at all.
    ['', '', false],
  ])('%j beside %j: %j', (expected, told, same) => {
    expect(sameState(expected, told)).toBe(same);
  });

  test('is the same when every character is.', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(sameState(a, a)).toBe(true);
        expect(sameState(a, b)).toBe(a === b);
        expect(sameState(a, a + b)).toBe(false);
      }),
    );
  });
});
