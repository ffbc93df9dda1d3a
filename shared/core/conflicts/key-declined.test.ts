import { expect, test } from 'vitest';
import { conflictsGiven, KEY, remediesOf, type Given } from '../../testing/given.ts';

const CODE = 'key-declined';

test('Interactive sessions pass over a declined key in silence, while print runs use it.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { user: KEY, answered: 'rejected' });
  expect(found).toMatchObject({
    severity: 'info',
    modes: ['interactive'],
    about: { source: 'api-key', name: 'ANTHROPIC_API_KEY', origin: { scope: 'user' } },
  });
  expect(remediesOf(found)).toEqual(['forget-approval', 'clear-credential']);
  expect(more).toEqual([]);
});

test.each<[string, Given]>([
  ['nobody was asked', { user: KEY }],
  ['it was approved as well', { user: KEY, answered: 'both' }],
  ['there is no key', { answered: 'rejected' }],
  ['it is cancelled', { user: KEY, local: { ANTHROPIC_API_KEY: '' }, answered: 'rejected' }],
  ['a provider is on', { user: { ...KEY, CLAUDE_CODE_USE_BEDROCK: '1' }, answered: 'rejected' }],
  ['the session is bare and uses it', { user: { ...KEY, CLAUDE_CODE_SIMPLE: '1' }, answered: 'rejected' }],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
