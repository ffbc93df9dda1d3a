import { expect, test } from 'vitest';
import { conflictsGiven, HELPER, KEY, OAUTH, remediesOf, TOKEN, type Given } from '../../testing/given.ts';

const CODE = 'policy-blocks';
const PATH = '/etc/claude-code/managed-settings.json';
const forced = { entries: { [PATH]: '{\n  "forceLoginMethod": "claudeai"\n}' } };

test('Managed settings force a login, and a key stands in its way.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { shell: KEY, login: true }, forced);
  expect(found).toMatchObject({
    severity: 'critical',
    modes: ['interactive', 'print', 'bare'],
    about: { name: 'forceLoginMethod', origin: { scope: 'managed', path: PATH, line: 2 } },
  });
  expect(remediesOf(found)).toEqual(['clear-credential', 'ask-administrator']);
  expect(more).toEqual([]);
});

test.each([
  ['allowedProviders', '{\n  "allowedProviders": ["bedrock"]\n}', ['interactive', 'print', 'bare']],
  ['requiredMinimumVersion', '{\n  "requiredMinimumVersion": "99.0.0"\n}', ['interactive', 'print', 'bare']],
  ['requiredMaximumVersion', '{\n  "requiredMaximumVersion": "1.0.0"\n}', ['interactive', 'print', 'bare']],
  [
    'forceLoginGatewayUrl',
    '{\n  "forceLoginGatewayUrl": "https://g.example"\n}',
    ['interactive', 'print', 'bare'],
  ],
])('So does %s, which only an administrator can change.', async (name, text, modes) => {
  const [found] = await conflictsGiven(CODE, { login: true }, { entries: { [PATH]: text } });
  expect(found).toMatchObject({ modes, about: { name, origin: { path: PATH, line: 2 } } });
  expect(remediesOf(found)).toEqual(['ask-administrator']);
});

test.each<[string, Given]>([
  ['a token', { shell: TOKEN }],
  ['a helper', { helper: HELPER }],
])('So does %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given, forced)).toHaveLength(1);
});

test.each<[string, Given, typeof forced | Record<string, never>]>([
  ['there is a login', { login: true }, forced],
  ['there is an OAuth token', { shell: OAUTH }, forced],
  ['there is nothing', {}, forced],
  ['nothing is forced', { shell: KEY }, {}],
  ['that version does not know it', { shell: KEY, version: '2.1.73' }, forced],
])('It is none when %s.', async (_, given, options) => {
  expect(await conflictsGiven(CODE, given, options)).toEqual([]);
});
