import { expect, test } from 'vitest';
import { NEWEST_RECORDED } from '../core/rules/versions.ts';
import { settingsParsers } from '../core/settings/settings-file.ts';
import { settingsNames, type NamedSetting } from './settings-names.ts';

const namesIn = (text: string): readonly NamedSetting[] =>
  settingsNames(text, settingsParsers(NEWEST_RECORDED).own(text));

const env = (...names: readonly string[]): string =>
  JSON.stringify({ env: Object.fromEntries(names.map((name) => [name, 'made up'])) }, undefined, 2);

test.each([
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'ANTHROPIC_CUSTOM_HEADERS',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR',
  'AWS_BEARER_TOKEN_BEDROCK',
  'ANTHROPIC_FOUNDRY_API_KEY',
  'AWS_SECRET_ACCESS_KEY',
  'ANTHROPIC_FEDERATION_RULE_ID',
])('%s is a credential.', (name) => {
  expect(namesIn(env('EDITOR', name))).toEqual([{ name, line: 4 }]);
});

test.each(['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_GATEWAY'])(
  '%s switches a provider on.',
  (name) => {
    expect(namesIn(env(name))).toEqual([{ name, line: 3 }]);
  },
);

test.each(['ANTHROPIC_BASE_URL', 'ANTHROPIC_BEDROCK_BASE_URL', 'ANTHROPIC_VERTEX_BASE_URL'])(
  '%s says where a credential goes.',
  (name) => {
    expect(namesIn(env(name))).toEqual([{ name, line: 3 }]);
  },
);

test.each([
  'EDITOR',
  'AWS_REGION',
  'AWS_PROFILE',
  'CLAUDE_CONFIG_DIR',
  'MY_ANTHROPIC_API_KEY',
  'anthropic_api_key',
])('%s decides nothing by itself.', (name) => {
  expect(namesIn(env(name))).toEqual([]);
});

test('A helper is named by its setting.', () => {
  expect(namesIn('{\n "apiKeyHelper": "./key.sh"\n}')).toEqual([{ name: 'apiKeyHelper', line: 2 }]);
});

test('An empty value is a name all the same: it cancels what stands elsewhere.', () => {
  expect(namesIn('{"env":{"ANTHROPIC_API_KEY":""}}')).toEqual([{ name: 'ANTHROPIC_API_KEY', line: 1 }]);
});

test('A name that stands elsewhere than in `env` is no setting.', () => {
  expect(namesIn('{"permissions":{"deny":["Read(ANTHROPIC_API_KEY)"]},"ANTHROPIC_API_KEY":"x"}')).toEqual([]);
});

test('Names are in the order of their lines.', () => {
  const text = '{\n"apiKeyHelper": "x",\n"env": {\n"ANTHROPIC_BASE_URL": "x",\n"ANTHROPIC_API_KEY": "x"}}';
  expect(namesIn(text).map(({ name, line }) => `${line} ${name}`)).toEqual([
    '2 apiKeyHelper',
    '4 ANTHROPIC_BASE_URL',
    '5 ANTHROPIC_API_KEY',
  ]);
});

test.each([
  ['a comment', '{\n  // mine\n  "env": {\n    "ANTHROPIC_API_KEY": "x"\n  }\n}', 4],
  ['a trailing comma', '{\n "env": {\n  "ANTHROPIC_API_KEY": "x",\n }\n}', 3],
  ['a wrong type elsewhere', '{\n "permissions": [],\n "env": { "ANTHROPIC_API_KEY": "x" }\n}', 3],
  ['no object', '[\n"ANTHROPIC_API_KEY"]', 2],
  ['its end missing', '{"env":\n{"ANTHROPIC_API_KEY": "x', 2],
])('A file with %s is dropped, and its text counts.', (_, text, line) => {
  expect(namesIn(text)).toEqual([{ name: 'ANTHROPIC_API_KEY', line }]);
});

test('A file in UTF-16, read as UTF-8, is dropped, and its text counts.', () => {
  const text = `\ufffd\ufffd${Array.from('{\n"apiKeyHelper": "x"}', (character) => `${character}\0`).join('')}`;
  expect(namesIn(text)).toEqual([{ name: 'apiKeyHelper', line: 2 }]);
});

test('Of a dropped file each name is told once, and only as a word of its own.', () => {
  expect(namesIn('{ ANTHROPIC_API_KEY ANTHROPIC_API_KEY\nMY_ANTHROPIC_API_KEY2 apiKeyHelpers')).toEqual([
    { name: 'ANTHROPIC_API_KEY', line: 1 },
  ]);
});

test.each(['', ' \n', '{}', '{"env":{}}', 'no json at all', '\0\0'])('%j names nothing.', (text) => {
  expect(namesIn(text)).toEqual([]);
});
