import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSettings, type SettingsParse } from './settings-file.ts';

const TODAY = { later: true, today: true };
const strict = (text: string): SettingsParse => parseSettings(text, { tolerant: false, edition: TODAY });
const tolerant = (text: string): SettingsParse => parseSettings(text, { tolerant: true, edition: TODAY });

describe('What a settings file says', () => {
  test('Watched variables, helper and policy, each with its line.', () => {
    const text = `{
  "env": {
    "PATH": "/bin",
    "ANTHROPIC_API_KEY": "k"
  },
  "apiKeyHelper": "get",
  "forceLoginMethod": "claudeai"
}`;
    const parsed = strict(text);
    expect(parsed).toMatchObject({
      ok: true,
      content: {
        variables: [{ name: 'ANTHROPIC_API_KEY', text: 'k', line: 4 }],
        helper: { text: 'get', line: 6 },
        policy: { key: 'forceLoginMethod', line: 7 },
      },
    });
    expect(parsed.ok && parsed.content.environment()).toEqual({ PATH: '/bin', ANTHROPIC_API_KEY: 'k' });
  });

  test.each(['', ' \n', '{}', '{"env":{}}', '{"env":{"PATH":"x"}}', '\ufeff{}'])(
    '%j says nothing of credentials.',
    (text) => {
      expect(strict(text)).toMatchObject({
        ok: true,
        content: { variables: [], helper: null, policy: null },
      });
    },
  );

  test.each([
    ['{"forceLoginMethod":"console"}', { key: 'forceLoginMethod', line: 1, method: 'console' }],
    [
      '{"forceLoginMethod":"gateway"}',
      { key: 'forceLoginMethod', line: 1, demands: 'gateway', method: 'gateway' },
    ],
    ['{"forceLoginOrgUUID":["a"]}', { key: 'forceLoginOrgUUID', line: 1 }],
    ['{"forceLoginMethod":"bad"}', null],
    ['{"forceLoginMethod":5}', null],
    ['{"forceLoginMethod":"bad","forceLoginOrgUUID":"a"}', { key: 'forceLoginOrgUUID', line: 1 }],
  ])('The policy of %s', (text, policy) => {
    const parsed = strict(text);
    expect(parsed.ok && parsed.content.policy).toEqual(policy);
  });
});

describe('A file is dropped', () => {
  test.each([
    ['{', 'not-json', null],
    ['{} // c', 'not-json', null],
    ['[]', 'not-an-object', null],
    ['"x"', 'not-an-object', null],
    ['null', 'not-an-object', null],
  ])('for its form: %s', (text, reason, key) => {
    expect(strict(text)).toMatchObject({ ok: false, reason, key });
  });

  test.each([
    ['{"sandbox":5}', true],
    ['{"sandbox":[]}', true],
    ['{"sandbox":{"enabled":"x"}}', true],
    ['{"sandbox":{"enabled":true},"tui":"x"}', true],
    ['{"sandbox":{"enabled":true}', true],
    ['{"sandbox":null}', false],
    ['{"sandbox":{"enabled":false},"tui":"x"}', false],
    ['{"sandbox":{"failIfUnavailable":true},"tui":"x"}', false],
    ['{"tui":"x"}', false],
    ['{', false],
    ['[]', false],
  ])('What is dropped asks for a sandbox, or does not: %s, %s', (text, asksForSandbox) => {
    expect(strict(text)).toMatchObject({ ok: false, asksForSandbox });
  });

  /** One by one as Claude Code was asked: what is dropped, and what is not. */
  test.each([
    ['env', ['x', 5, null, []]],
    ['apiKeyHelper', [5, null, true, {}, ['x']]],
    [
      'permissions',
      [[], 'x', null, { allow: 'x' }, { deny: 5 }, { additionalDirectories: 'x' }, { defaultMode: 5 }],
    ],
    ['cleanupPeriodDays', ['30', -1, 0, 1.5, null]],
    ['model', [5, null]],
    ['hooks', [{ PreToolUse: 'x' }, { PreToolUse: [{ matcher: 5, hooks: [] }] }]],
    ['forceLoginOrgUUID', [5]],
    ['$schema', [5]],
    ['includeCoAuthoredBy', ['true', null]],
    ['statusLine', ['x', { type: 'bad' }]],
    ['enabledPlugins', [[], 'x']],
    ['companyAnnouncements', ['x']],
    ['awsCredentialExport', [[]]],
    ['sandbox', ['x']],
    ['disableAllHooks', ['x']],
  ])('for one wrong type: %s', (key, values) => {
    for (const value of values) {
      expect(strict(JSON.stringify({ [key]: value }))).toMatchObject({
        ok: false,
        reason: 'wrong-type',
        key,
      });
      expect(tolerant(JSON.stringify({ [key]: value })).ok).toBe(true);
    }
  });

  test.each<[string, unknown]>([
    ['env', { A: null, B: 5, C: {}, '': 'x', 'a b': 'y' }],
    ['permissions', { allow: [5], foo: 1 }],
    ['permissions', { allow: ['((('], deny: [], ask: [], additionalDirectories: [], defaultMode: 'plan' }],
    ['hooks', []],
    ['hooks', 'x'],
    ['hooks', null],
    ['hooks', { Foo: [] }],
    ['hooks', { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'x' }] }], Stop: [] }],
    ['forceLoginMethod', 'bad'],
    ['forceLoginOrgUUID', ['a']],
    ['forceLoginOrgUUID', 'a'],
    ['enabledMcpjsonServers', 'x'],
    ['theme', 5],
    ['effortLevel', 'bad'],
    ['foo', 1],
    ['statusLine', { type: 'command', command: 'x' }],
    ['cleanupPeriodDays', 30],
    ['toString', 5],
    ['__proto__', 5],
  ])('not for this: %s %j', (key, value) => {
    expect(strict(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`).ok).toBe(true);
  });

  test('Where managed settings leave a wrong member out, the rest stays.', () => {
    const parsed = tolerant('{"env":"x","apiKeyHelper":"get"}');
    expect(parsed).toMatchObject({ ok: true, content: { variables: [], helper: { text: 'get' } } });
    expect(parsed.ok && parsed.content.environment()).toEqual({});
    expect(tolerant('{"apiKeyHelper":5,"env":{"ANTHROPIC_API_KEY":"k"}}')).toMatchObject({
      content: { helper: null, variables: [{ name: 'ANTHROPIC_API_KEY' }] },
    });
  });
});

test('No text makes it fail, and no line is outside the file.', () => {
  const json = fc
    .jsonValue()
    .map((value) => JSON.stringify({ env: { ANTHROPIC_API_KEY: value }, apiKeyHelper: 'x' }, null, 1));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), json), fc.boolean(), (text, managed) => {
      const parsed = managed ? tolerant(text) : strict(text);
      if (!parsed.ok) return;
      const last = text.split('\n').length;
      const { variables, helper } = parsed.content;
      for (const { line } of [...variables, ...(helper === null ? [] : [helper])]) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(last);
      }
      parsed.content.environment();
    }),
  );
});
