import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_CLAUDE_JSON, parseClaudeJson } from './claude-json.ts';

test('Everything of it that is about credentials is read, with lines.', () => {
  const text = `{
  "primaryApiKey": " pk ",
  "env": {
    "ANTHROPIC_AUTH_TOKEN": 12,
    "PATH": "/bin"
  },
  "customApiKeyResponses": { "approved": ["a", 5], "rejected": ["r"] },
  "projects": { "/yes": { "hasTrustDialogAccepted": true }, "/truthy": { "hasTrustDialogAccepted": 1 }, "/no": { "hasTrustDialogAccepted": "" }, "/odd": null },
  "oauthAccount": { "emailAddress": "p@example.org", "organizationUuid": "o", "organizationName": 5 }
}`;
  expect(parseClaudeJson(text)).toEqual({
    consoleKey: { text: 'pk', line: 2 },
    variables: [{ name: 'ANTHROPIC_AUTH_TOKEN', text: '12', line: 4 }],
    tails: { approved: new Set(['a']), rejected: new Set(['r']) },
    trusted: new Set(['/yes', '/truthy']),
    account: { email: 'p@example.org', organisationId: 'o', organisationName: null },
  });
});

describe('The last of a member counts', () => {
  test.each([
    [
      'before long projects',
      '{"env":{\n"ANTHROPIC_API_KEY":"k"},\n"projects":{"/a":{"history":["\\"env\\""]}}}',
      2,
    ],
    [
      'behind them',
      '{"projects":{"/a":{\n"env":{"ANTHROPIC_API_KEY":"o"}}},\n"env":{"ANTHROPIC_API_KEY":"k"}}',
      3,
    ],
    ['whose name is only there with an escape', '{\n"env":{ "\\u0041NTHROPIC_API_KEY":"k"}}', 2],
    ['of two', '{"env":{"ANTHROPIC_API_KEY":"o"},\n"env":{"ANTHROPIC_API_KEY":"k"},\n"a":1}', 2],
    [
      'of two, with an escape',
      '{"env":{"ANTHROPIC_API_KEY":"o"},\n"env":{"ANTHROPIC_API_\\u004bEY":"k"},\n"a":1}',
      2,
    ],
  ])('%s', (_, text, line) => {
    expect(parseClaudeJson(text)?.variables).toEqual([{ name: 'ANTHROPIC_API_KEY', text: 'k', line }]);
  });
});

test.each(['{', '{"a":1,}', '{} // c', "{'a':1}"])('%s is not JSON, which stops Claude Code.', (text) => {
  expect(parseClaudeJson(text)).toBeNull();
});

test.each(['', ' \n', '{}', '[]', '[{"primaryApiKey":"k"}]', 'null', '"x"', '5', '\ufeff{}'])(
  '%j counts as defaults.',
  (text) => {
    expect(parseClaudeJson(text)).toEqual(EMPTY_CLAUDE_JSON);
  },
);

describe('Members of a wrong type say nothing', () => {
  test.each([
    '{"primaryApiKey":5}',
    '{"primaryApiKey":true}',
    '{"primaryApiKey":{}}',
    '{"primaryApiKey":""}',
    '{"primaryApiKey":"  "}',
    '{"primaryApiKey":"a\\nb"}',
    '{"env":[]}',
    '{"env":"x"}',
    '{"env":{"ANTHROPIC_API_KEY":null}}',
    '{"env":{"ANTHROPIC_API_KEY":{}}}',
    '{"env":{"ANTHROPIC_API_KEY":["a"]}}',
    '{"customApiKeyResponses":["a"]}',
    '{"customApiKeyResponses":{"approved":"a"}}',
    '{"projects":"x"}',
    '{"projects":[{"hasTrustDialogAccepted":true}]}',
    '{"oauthAccount":"x"}',
  ])('%s', (text) => {
    expect(parseClaudeJson(text)).toEqual(EMPTY_CLAUDE_JSON);
  });
});

test.each([
  [true, 'true'],
  [0, '0'],
  ['', ''],
])('In its env %j counts as %j.', (value, text) => {
  const content = parseClaudeJson(JSON.stringify({ env: { ANTHROPIC_API_KEY: value } }));
  expect(content?.variables).toEqual([{ name: 'ANTHROPIC_API_KEY', text, line: 1 }]);
});

test('No text makes it fail.', () => {
  const members = fc.record(
    {
      env: fc.jsonValue(),
      primaryApiKey: fc.jsonValue(),
      customApiKeyResponses: fc.jsonValue(),
      projects: fc.jsonValue(),
      oauthAccount: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        members.map((one) => JSON.stringify(one)),
      ),
      (text) => {
        const content = parseClaudeJson(text);
        expect(content === null || content.consoleKey === null || content.consoleKey.text.trim() !== '').toBe(
          true,
        );
      },
    ),
  );
});
