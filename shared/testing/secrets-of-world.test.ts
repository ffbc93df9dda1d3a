import { expect, test } from 'vitest';
import type { World } from './recorded-world.ts';
import { leaksIn, secretsOfWorld } from './secrets-of-world.ts';

const KEY = 'sk-ant-api03-KEY-USER-aaaaaaaaaaaaaaaaaaaaaaaaKEY-USER';

const secrets = (world: World): readonly string[] => secretsOfWorld(world).map(({ text }) => text);

test.each<[string, World, string]>([
  ['a variable of the shell', { env: { ANTHROPIC_API_KEY: ` ${KEY} ` } }, KEY],
  ['a short token', { env: { ANTHROPIC_AUTH_TOKEN: 'gw-123' } }, 'gw-123'],
  [
    'a custom header',
    { env: { ANTHROPIC_CUSTOM_HEADERS: 'x-a: 1\nAuthorization: Bearer CUSTOM-HEADER' } },
    'CUSTOM-HEADER',
  ],
  ['an AWS key', { env: { AWS_SECRET_ACCESS_KEY: 'made-up/secret' } }, 'made-up/secret'],
  [
    'a variable in settings',
    { files: { '~/s': { env: { ANTHROPIC_AUTH_TOKEN: 'gateway-TOKEN-USER' } } } },
    'gateway-TOKEN-USER',
  ],
  ['a number as a key', { files: { '~/s': { env: { ANTHROPIC_API_KEY: 1234567 } } } }, '1234567'],
  ['a managed setting', { managed: { 'm.json': { env: { ANTHROPIC_API_KEY: KEY } } } }, KEY],
  ['a login', { files: { '~/c': { claudeAiOauth: { refreshToken: 'refresh' } } } }, 'refresh'],
  ['a profile', { files: { '~/c': { access_token: 'access' } } }, 'access'],
  ['the Console key', { files: { '~/c': { primaryApiKey: 'primary' } } }, 'primary'],
  [
    'the end of an approved key',
    { files: { '~/c': { customApiKeyResponses: { approved: ['aaaaaaaaaaaaKEY-USER'] } } } },
    'aaaaaaaaaaaaKEY-USER',
  ],
  ["a helper's text", { files: { '~/s': { apiKeyHelper: 'echo secret' } } }, 'echo secret'],
  [
    'what a helper prints',
    { files: { '~/s': { apiKeyHelper: "printf 'helper-HELPER-USER\\n'" } } },
    'helper-HELPER-USER',
  ],
  ['inline settings', { args: ['--settings', '{"env":{"A":"b"}}'] }, '{"env":{"A":"b"}}'],
  ['a key in inline settings', { args: ['--settings', `{"env":{"ANTHROPIC_API_KEY":"${KEY}"}}`] }, KEY],
  ['a key in a file that is cut short', { files: { '~/s': `{"a": "${KEY}` } }, KEY],
  [
    'a key in a file with a byte order mark',
    { files: { '~/s': '\ufeff{"primaryApiKey":"primary"}' } },
    'primary',
  ],
  ['a key under a name that nobody knows', { files: { '~/s': { odd: [KEY] } } }, KEY],
  ['a key that a later one of that name replaces', { files: { '~/s': `{"a":"${KEY}","a":""}` } }, KEY],
])('A secret is found: %s.', (_, world, secret) => {
  expect(secrets(world)).toContain(secret);
});

test.each<[string, World]>([
  ['a folder', { env: { CLAUDE_CONFIG_DIR: '$HOME_DIR/alt', AWS_WEB_IDENTITY_TOKEN_FILE: '/Run/Token-1' } }],
  [
    'a region, a project and a workspace',
    { env: { AWS_REGION: 'us-east-1', ANTHROPIC_VERTEX_PROJECT_ID: 'some-project' } },
  ],
  [
    'a tier and scopes',
    { files: { '~/c': { rateLimitTier: 'default_claude_max_20x', scopes: ['user:inference'] } } },
  ],
  ['a time', { files: { '~/c': { expiresAt: '$NOW_MS+28800000', tokenExpiresAt: 1_700_000_000_000 } } }],
  ['a kind of token', { files: { '~/c': { token_type: 'Bearer', type: 'oauth_token' } } }],
  ['the names of fields', { files: { '~/c': '{"customApiKeyResponses":{"hasTrustDialogAccepted":1}' } }],
  ['a helper too short to be told from other text', { files: { '~/s': { apiKeyHelper: 'true' } } }],
  ['names of flags', { args: ['--setting-sources', 'user,project'] }],
])('This is no secret: %s.', (_, world) => {
  expect(secrets(world)).toEqual([]);
});

const found = secretsOfWorld({
  env: { ANTHROPIC_API_KEY: KEY },
  files: { '~/s': { apiKeyHelper: 'say "it"\nall' } },
});

test.each([
  ['whole', KEY],
  ['its end', `…${KEY.slice(-12)}`],
  ['its beginning', `${KEY.slice(0, 30)}…`],
  ['a piece from its middle', KEY.slice(15, 31)],
  ['a text', 'say "it"\nall'],
  ['a text in JSON', '{"a":"say \\"it\\"\\nall"}'],
])('A leak is seen: %s.', (_, output) => {
  expect(leaksIn(`before ${output} after`, found)).toHaveLength(1);
});

test.each([
  ['what all such keys begin with', 'sk-ant-api03-'],
  ['a word of a helper', 'say'],
  ['nothing', ''],
])('This is no leak: %s.', (_, output) => {
  expect(leaksIn(output, found)).toEqual([]);
});
