import { expect, test } from 'vitest';
import { conflictsGiven, KEY, remediesOf, type Given } from '../../testing/given.ts';

const CODE = 'key-awaits-approval';

test('Interactive sessions will ask about a key that nobody has answered for.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { local: KEY });
  expect(found).toMatchObject({
    severity: 'info',
    modes: ['interactive'],
    about: { source: 'api-key', name: 'ANTHROPIC_API_KEY', origin: { scope: 'local' } },
  });
  expect(remediesOf(found)).toEqual(['answer-approval', 'clear-credential']);
  expect(more).toEqual([]);
});

test('They do so after the question about the folder, too.', async () => {
  expect(await conflictsGiven(CODE, { shell: KEY, trusted: false, mode: 'interactive' })).toHaveLength(1);
});

test.each<[string, Given]>([
  ['it was approved', { shell: KEY, answered: 'approved' }],
  ['it was declined', { shell: KEY, answered: 'rejected' }],
  ['a provider is on', { shell: { ...KEY, CLAUDE_CODE_USE_BEDROCK: '1' } }],
  ['it is cancelled', { shell: KEY, user: { ANTHROPIC_API_KEY: '' } }],
  ['it stands behind a descriptor', { shell: { CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR: '5' } }],
])('They do not when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
