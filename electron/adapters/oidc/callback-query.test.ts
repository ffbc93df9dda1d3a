import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCallback } from './callback-query.ts';

const STATE = 'made-up-state';
const ISSUER = 'https://login.northwind.example';
const read = (query: string, required = true) => readCallback(query, STATE, { name: ISSUER, required });
const ISS = `iss=${encodeURIComponent(ISSUER)}`;
const GOOD = `code=made-up-code&state=${STATE}&${ISS}`;

test.each([
  [GOOD, { code: 'made-up-code' }],
  [`${ISS}&state=${STATE}&code=a%2Fb+c`, { code: 'a/b c' }],
  [`${GOOD}&session_state=x&scope=openid`, { code: 'made-up-code' }],
  [`error=access_denied&error_description=No&state=${STATE}&${ISS}`, { error: 'access_denied' }],
])('An answer of this attempt: %s', (query, answer) => {
  expect(read(query)).toEqual(answer);
});

test('Who does not promise to name itself need not, but who does so must say the truth.', () => {
  const unnamed = `code=made-up-code&state=${STATE}`;
  expect(read(unnamed)).toBeNull();
  expect(read(unnamed, false)).toEqual({ code: 'made-up-code' });
  expect(read(`${unnamed}&iss=https%3A%2F%2Fother.example`, false)).toBeNull();
});

describe('No answer of this attempt:', () => {
  test.each([
    ['nothing', ''],
    ['no state', `code=c&${ISS}`],
    ['another state', `code=c&state=other&${ISS}`],
    ['the state in another case', `code=c&state=MADE-UP-STATE&${ISS}`],
    ['the state twice', `${GOOD}&state=${STATE}`],
    ['the code twice', `${GOOD}&code=other`],
    ['the same code twice', `${GOOD}&code=made-up-code`],
    ['the issuer twice', `${GOOD}&${ISS}`],
    ['anything twice', `${GOOD}&x=1&x=2`],
    ['no issuer', `code=c&state=${STATE}`],
    ['an empty issuer', `code=c&state=${STATE}&iss=`],
    ['another issuer', `code=c&state=${STATE}&iss=https%3A%2F%2Fother.example`],
    ['the issuer with a slash', `code=c&state=${STATE}&${ISS}%2F`],
    ['an error of another issuer', `error=access_denied&state=${STATE}&iss=https%3A%2F%2Fother.example`],
    ['an error of no issuer', `error=access_denied&state=${STATE}`],
    ['a code and an error', `${GOOD}&error=access_denied`],
    ['an empty code', `code=&state=${STATE}&${ISS}`],
    ['an empty error', `error=&state=${STATE}&${ISS}`],
    ['a state alone', `state=${STATE}&${ISS}`],
    ['a token that was not asked for', `${GOOD}&access_token=t`],
    ['an ID token that was not asked for', `${GOOD}&id_token=t`],
    ['an answer of another kind', `response=jwt&state=${STATE}&${ISS}`],
    ['64 kB', `${GOOD}&x=${'x'.repeat(65_536)}`],
    ['a broken escape', `${GOOD}&x=%`],
    ['a broken escape in the code', `code=%zz&state=${STATE}&${ISS}`],
    ['half a character', `${GOOD}&x=%c3`],
  ])('%s', (_, query) => {
    expect(read(query)).toBeNull();
  });
});

test('Whatever is done to an answer, it is the same answer or none.', () => {
  const pair = fc.tuple(
    fc.constantFrom('code', 'state', 'iss', 'error', 'x', ''),
    fc.oneof(
      fc.constantFrom(STATE, ISSUER, 'made-up-code', ''),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
  );
  const query = fc.oneof(
    fc.array(pair, { maxLength: 6 }).map((pairs) => new URLSearchParams(pairs).toString()),
    fc.string({ maxLength: 200 }),
    fc
      .tuple(fc.nat(GOOD.length), fc.nat(8), fc.string({ maxLength: 8 }))
      .map(([at, length, text]) => GOOD.slice(0, at) + text + GOOD.slice(at + length)),
  );
  fc.assert(
    fc.property(query, (text) => {
      const answer = read(text);
      if (answer === null) return;
      const values = new URLSearchParams(text);
      for (const name of ['state', 'iss']) expect(values.getAll(name)).toHaveLength(1);
      expect([values.get('state'), values.get('iss')]).toEqual([STATE, ISSUER]);
      expect(values.getAll('code').length + values.getAll('error').length).toBe(1);
      expect(answer).toEqual(
        'code' in answer ? { code: values.get('code') } : { error: values.get('error') },
      );
    }),
    { numRuns: 2000 },
  );
});
