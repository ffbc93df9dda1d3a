import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pastedCallback, type PasteAttempt, type Pasted } from './pasted-callback.ts';

const ATTEMPT: PasteAttempt = {
  state: 'St4te-of_this',
  redirectUri: 'http://127.0.0.1:52114/callback',
  tellsIssuer: true,
};
const QUERY = 'code=Ab1-_.~x&state=St4te-of_this';
/** As a provider answers that names itself. */
const NAMED = `${QUERY}&iss=https%3A%2F%2Flogin.example`;
const ADDRESS = `${ATTEMPT.redirectUri}?${NAMED}`;
const GOOD: Pasted = { kind: 'query', query: NAMED };

describe('What a person pastes', () => {
  test.each([
    ['the whole address', ADDRESS],
    ['without the scheme, as browsers hide it', ADDRESS.slice('http://'.length)],
    ['the query with its mark', `?${NAMED}`],
    ['the query', NAMED],
    ['in quotation marks', `"${ADDRESS}"`],
    ['in angle brackets', `<${ADDRESS}>`],
    ['wrapped by a terminal', `${ADDRESS.slice(0, 30)}\n   ${ADDRESS.slice(30)}\r\n`],
    ['as a terminal brackets what is pasted', `\u001b[200~${ADDRESS}\u001b[201~`],
    ['with what cannot be seen around it', `\u200b${ADDRESS}\ufeff`],
    ['with a fragment, as some providers leave it', `${ADDRESS}#_=_`],
  ])('is read: %s.', (_, text) => {
    expect(pastedCallback(text, ATTEMPT)).toEqual(GOOD);
  });

  test('an error of this attempt is read as well.', () => {
    const query = 'error=access_denied&state=St4te-of_this&iss=x';
    expect(pastedCallback(`${ATTEMPT.redirectUri}?${query}`, ATTEMPT)).toEqual({ kind: 'query', query });
  });

  test.each([
    ['another state', ADDRESS.replace('St4te', 'other')],
    ['another port', ADDRESS.replace('52114', '52115')],
    ['another path', ADDRESS.replace('/callback', '/elsewhere')],
    ['another host', ADDRESS.replace('127.0.0.1', 'evil.example')],
    ['a code and another state', 'Ab1xyz99#other'],
  ])('is of another attempt with %s.', (_, text) => {
    expect(pastedCallback(text, ATTEMPT)).toEqual({ kind: 'not-of-this-attempt' });
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \n '],
    ['a sentence', 'What is this?'],
    ['the address of the provider’s page', 'https://login.example/authorize?client_id=x&state=St4te-of_this'],
    ['an address that was cut', ADDRESS.slice(0, 45)],
    ['an address that was cut behind the state', `${ATTEMPT.redirectUri}?${QUERY}`],
    ['a code twice', `${ADDRESS}&code=2`],
    ['a code and an error', `${ADDRESS}&error=x`],
    ['a script', '<script>alert(1)</script>'],
    ['very much', 'a'.repeat(100_000)],
    ['a word that could be a code, or a password', 'correct-horse-battery-staple'],
    ['a code alone', 'Ab1-_.~x'],
    ['three parts', 'aaaaaa#St4te-of_this#b'],
  ])('is of no use: %s.', (_, text) => {
    expect(pastedCallback(text, ATTEMPT)).toEqual({ kind: 'unreadable' });
  });

  test('is code and state as a page shows them, unless the provider says who it is in each answer.', () => {
    const text = 'Ab1-_.~x#St4te-of_this';
    expect(pastedCallback(text, { ...ATTEMPT, tellsIssuer: false })).toEqual({ kind: 'query', query: QUERY });
    expect(pastedCallback(text, ATTEMPT)).toEqual({ kind: 'unreadable' });
  });

  test('is read however it was mangled by blanks and characters that cannot be seen.', () => {
    const mangling = fc.array(
      fc.record({
        at: fc.nat(ADDRESS.length),
        put: fc.constantFrom(
          ' ',
          '\n',
          '\r\n',
          '\t',
          '\u00a0',
          '\u200b',
          '\u2028',
          '\u0000',
          '\u001b',
          '\u202e',
          '\ufeff',
        ),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(mangling, (puts) => {
        let text = ADDRESS;
        for (const { at, put } of puts) text = text.slice(0, at) + put + text.slice(at);
        expect(pastedCallback(text, ATTEMPT)).toEqual(GOOD);
      }),
    );
  });

  test('takes no longer for a run of quotation marks in the middle.', () => {
    const started = performance.now();
    expect(pastedCallback(`x${'"'.repeat(32_000)}x`, ATTEMPT)).toEqual({ kind: 'unreadable' });
    // Looked at once for each of them, they take seconds.
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('whatever it is, never gives a query with another state.', () => {
    const part = fc.constantFrom(
      'code=',
      'c0de99',
      '&',
      'state=',
      'St4te-of_this',
      'other',
      '#',
      '?',
      '=',
      'error=',
      ATTEMPT.redirectUri,
      '%',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part, { maxLength: 10 }).map((parts) => parts.join('')),
          fc.string(),
        ),
        (text) => {
          const pasted = pastedCallback(text, ATTEMPT);
          if (pasted.kind === 'query')
            expect(pasted.query.match(/(?:^|&)state=[^&]*/g)?.map((one) => one.replace('&', ''))).toEqual([
              'state=St4te-of_this',
            ]);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
