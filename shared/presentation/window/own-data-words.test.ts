import { expect, test } from 'vitest';
import { whyOwnDataStays } from './own-data-words.ts';

test('What keeps Credence’s own data is said: a sign-in by its name, else that something could not be removed.', () => {
  const note = {
    provider: 'northwind',
    account: null,
    signedInAt: 0,
    accessEndsAt: null,
    renews: true,
    missingScopes: [],
    state: 'signed-in',
  } as const;
  expect(whyOwnDataStays([])).toMatch(/could not be removed\.$/);
  expect(whyOwnDataStays([note])).toMatch(/^You are signed in to northwind, .* Sign out first/);
});
