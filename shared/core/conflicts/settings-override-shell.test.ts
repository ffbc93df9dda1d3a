import { expect, test } from 'vitest';
import { conflictsGiven, CUSTOM_KEY, KEY, remediesOf, TOKEN, type Given } from '../../testing/given.ts';

const CODE = 'settings-override-shell';

test('A settings file replaces a variable of the shell.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, {
    shell: KEY,
    project: { ANTHROPIC_API_KEY: 'other' },
  });
  expect(found).toMatchObject({
    severity: 'info',
    modes: ['interactive', 'print', 'bare'],
    about: {
      source: 'api-key',
      name: 'ANTHROPIC_API_KEY',
      origin: { scope: 'project', line: 1 },
      otherOrigin: { kind: 'process' },
    },
  });
  expect(remediesOf(found)).toEqual(['clear-credential']);
  expect(more).toEqual([]);
});

test.each<[string, Given, string]>([
  ['cancels it', { shell: TOKEN, user: { ANTHROPIC_AUTH_TOKEN: '' } }, 'ANTHROPIC_AUTH_TOKEN'],
  [
    'names another address',
    { shell: { ANTHROPIC_BASE_URL: 'https://a' }, user: { ANTHROPIC_BASE_URL: 'https://b' } },
    'ANTHROPIC_BASE_URL',
  ],
  [
    'turns a switch off',
    { shell: { CLAUDE_CODE_USE_VERTEX: '1' }, user: { CLAUDE_CODE_USE_VERTEX: '0' } },
    'CLAUDE_CODE_USE_VERTEX',
  ],
  [
    'brings other headers',
    { shell: CUSTOM_KEY, user: { ANTHROPIC_CUSTOM_HEADERS: 'x-api-key: Y' } },
    'ANTHROPIC_CUSTOM_HEADERS',
  ],
])('It also does when it %s.', async (_, given, name) => {
  expect((await conflictsGiven(CODE, given)).map(({ about }) => about.name)).toEqual([name]);
});

test.each<[string, Given]>([
  ['the values are the same', { shell: KEY, user: KEY }],
  [
    'the values differ in white space',
    { shell: { ANTHROPIC_API_KEY: ' a' }, user: { ANTHROPIC_API_KEY: 'a ' } },
  ],
  ['the shell’s is empty', { shell: { ANTHROPIC_API_KEY: '' }, user: KEY }],
  ['only settings set it', { user: KEY }],
  ['only the shell sets it', { shell: KEY }],
  ['it is a region or a folder', { shell: { AWS_PROFILE: 'a' }, user: { AWS_PROFILE: 'b' } }],
  ['nothing starts at all', { shell: KEY, user: TOKEN, files: { '~/.claude.json': '{' } }],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
