import { expect, test } from 'vitest';
import {
  conflictsGiven,
  CUSTOM_KEY,
  HELPER,
  KEY,
  OAUTH,
  remediesOf,
  type Given,
} from '../../testing/given.ts';

const CODE = 'project-supplies-credential';

test('The folder’s own settings bring a key, which print runs take unasked.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { project: KEY });
  expect(found).toMatchObject({
    severity: 'warning',
    modes: ['print', 'bare'],
    about: { name: 'ANTHROPIC_API_KEY', origin: { scope: 'project', line: 1 } },
  });
  expect(remediesOf(found)).toEqual(['leave-project-settings-out', 'clear-credential']);
  expect(more).toEqual([]);
});

test.each<[string, Given, string, readonly string[]]>([
  ['a helper', { helper: { project: HELPER } }, 'apiKeyHelper', ['print']],
  [
    'an address',
    { project: { ANTHROPIC_BASE_URL: 'https://gateway.example' } },
    'ANTHROPIC_BASE_URL',
    ['print', 'bare'],
  ],
  ['custom headers', { project: CUSTOM_KEY }, 'ANTHROPIC_CUSTOM_HEADERS', ['print', 'bare']],
])('They may bring %s.', async (_, given, name, modes) => {
  expect((await conflictsGiven(CODE, given)).map((one) => [one.about.name, one.modes])).toEqual([
    [name, modes],
  ]);
});

test.each<[string, Given]>([
  ['user settings bring it', { user: KEY, helper: { user: HELPER } }],
  ['the value is empty', { project: { ANTHROPIC_API_KEY: '' } }],
  ['the helper is empty', { helper: { project: '' } }],
  ['it is an OAuth token, which is not taken', { project: OAUTH }],
  ['the headers carry no credential', { project: { ANTHROPIC_CUSTOM_HEADERS: 'x-team: a' } }],
  ['the project’s settings are left out', { project: KEY, args: ['--setting-sources', 'user'] }],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
