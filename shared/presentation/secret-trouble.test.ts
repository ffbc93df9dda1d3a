import { expect, test } from 'vitest';
import type { ServiceError } from '../usecases/keyring-services/read-service.ts';
import { secretTrouble } from './secret-trouble.ts';

const SECRET = 'made-up-secret';
const errors: readonly ServiceError<string>[] = [
  { code: 'NotFound' },
  { code: 'EmptyCredential' },
  { code: 'InvalidSchema' },
  { code: 'TokenExpired', refreshable: false, value: SECRET, raw: SECRET },
  { code: 'Timeout' },
  ...(['locked', 'unreachable', 'denied', 'ambiguous', 'damaged'] as const).map(
    (why) => ({ code: 'Unavailable', why }) as const,
  ),
];

test('Every trouble says what happened, what it means and what to do, in words of its own and without the key.', () => {
  const all = errors.map((error) => secretTrouble('ANTHROPIC_API_KEY', error, 'linux'));
  for (const { says, then } of all) {
    expect(says).toMatch(/^[A-Z].*\.$/);
    expect(then).toMatch(/^[A-Z].*\.$/);
    expect(`${says} ${then}`).toContain('ANTHROPIC_API_KEY');
    expect(`${says} ${then}`).not.toContain(SECRET);
  }
  // A keychain that is silent and one that is not there look the same from here.
  expect(new Set(all.map(({ says }) => says)).size).toBe(errors.length - 1);
});
