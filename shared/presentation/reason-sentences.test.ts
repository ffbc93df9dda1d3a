import { describe, expect, test } from 'vitest';
import { REASON_CODES, type ReasonCode, type State } from '../core/ladder.ts';
import { SOURCE_IDS, type SourceId } from '../core/source-id.ts';
import { inspect, type Inspection } from '../usecases/inspect.ts';
import {
  CUSTOM_AUTHORIZATION,
  FEDERATION,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  TOKEN,
  type Given,
} from '../testing/given.ts';
import type { WorldOptions } from '../testing/worlds.ts';
import { reasonSentence } from './reason-sentences.ts';

/** Each reading of a source in a line: its state, the code, the sentence. */
function told(
  { ladder, facts, context, verdict }: Inspection,
  source: SourceId,
): readonly [State, ReasonCode, string][] {
  const rung = ladder.find((row) => row.source === source);
  if (rung === undefined) return [];
  const view = { source, facts, context, verdict };
  return rung.readings.length === 0
    ? [[rung.state, rung.reason.code, reasonSentence(rung.reason, { ...view, reading: null })]]
    : rung.readings.map(({ reading, state, reason }) => [
        state,
        reason.code,
        reasonSentence(reason, { ...view, reading }),
      ]);
}

const on = (name: string): Record<string, string> => ({ [`CLAUDE_CODE_USE_${name}`]: '1' });
const BEARER = { AWS_BEARER_TOKEN_BEDROCK: 'made-up' };

type Row = readonly [given: Given, source: SourceId, state: State, code: ReasonCode, sentence: string];

describe('Each reason in a sentence:', () => {
  test.each<Row>([
    [{ shell: KEY }, 'api-key', 'wins', 'sent', 'It is sent in x-api-key.'],
    [{ shell: { ...TOKEN, ...KEY } }, 'api-key', 'also-sent', 'sent', 'It is sent in x-api-key.'],
    [
      { helper: HELPER },
      'api-key-helper',
      'wins',
      'sent',
      'Its output is sent in Authorization and x-api-key.',
    ],
    [{ mode: 'interactive', shell: KEY }, 'api-key', 'wins', 'sent', 'After a yes it is sent in x-api-key.'],
    [{ shell: KEY, login: true }, 'claude-login', 'shadowed', 'outranked', 'The API key is used instead.'],
    [
      { shell: CUSTOM_AUTHORIZATION, login: true },
      'claude-login',
      'shadowed',
      'outranked',
      'A custom header is used instead.',
    ],
    [
      { helper: 'exit 3', login: true },
      'claude-login',
      'shadowed',
      'outranked',
      'The API key helper’s output comes first, although what it gives is not usable.',
    ],
    [
      { profile: 'ended', login: true },
      'profile',
      'shadowed',
      'outranked',
      'Your Max login is used instead.',
    ],
    [
      { shell: { ANTHROPIC_API_KEY: '' } },
      'api-key',
      'ignored',
      'empty',
      'It is set, but its value is empty or white space.',
    ],
    [{ helper: '' }, 'api-key-helper', 'ignored', 'empty', 'The setting is empty, which means no helper.'],
    [
      { mode: 'bare', login: true },
      'claude-login',
      'ignored',
      'bare-mode',
      'Bare runs take no notice of it.',
    ],
    [
      { mode: 'bare', helper: HELPER },
      'api-key-helper',
      'ignored',
      'bare-mode',
      'Bare runs take no notice of a helper unless --settings names it.',
    ],
    [
      { shell: { CLAUDE_CODE_SIMPLE: '1' }, login: true },
      'claude-login',
      'ignored',
      'bare-mode',
      'CLAUDE_CODE_SIMPLE is on, and then Claude Code takes no notice of it.',
    ],
    [
      { shell: { CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1' }, login: true },
      'claude-login',
      'ignored',
      'managed-by-host',
      'The program that starts Claude Code manages the credentials and keeps this one from being used.',
    ],
    [
      { project: OAUTH },
      'oauth-token',
      'ignored',
      'project-not-allowed',
      'Claude Code 2.1.328 does not take it from a folder’s own settings.',
    ],
    [
      { mode: 'interactive', shell: KEY, answered: 'rejected' },
      'api-key',
      'ignored',
      'declined',
      'It was declined when Claude Code asked, and interactive sessions pass over it since then.',
    ],
    [
      { version: '2.1.104', profile: 'named' },
      'profile',
      'ignored',
      'not-known-to-version',
      'Claude Code 2.1.104 does not know Anthropic profiles.',
    ],
    [
      { version: '2.1.73', mode: 'bare', shell: KEY },
      'api-key',
      'ignored',
      'not-known-to-version',
      'Claude Code 2.1.73 does not know bare mode.',
    ],
    [
      { shell: KEY, files: { '~/.claude.json': '{' } },
      'api-key',
      'ignored',
      'config-broken',
      'Claude Code stops before it looks at it: ~/.claude.json is not valid JSON.',
    ],
    [
      { login: { scopes: ['user:profile'] } },
      'claude-login',
      'ignored',
      'no-inference-scope',
      'This login does not include the permission that model requests need.',
    ],
    [
      { shell: { ANTHROPIC_FEDERATION_RULE_ID: 'x' } },
      'federation',
      'ignored',
      'incomplete',
      'ANTHROPIC_FEDERATION_RULE_ID counts only together with ANTHROPIC_ORGANIZATION_ID, which is not set.',
    ],
    [{ shell: BEARER }, 'cloud-provider', 'ignored', 'provider-off', 'Its provider is not switched on.'],
    [
      { shell: { ANTHROPIC_PROFILE: 'gone' } },
      'profile',
      'ignored',
      'not-found',
      'No complete profile of this name was found.',
    ],
    [
      { version: '2.1.73', shell: { ANTHROPIC_AUTH_TOKEN: '' } },
      'auth-token',
      'broken',
      'empty-value',
      'It has no value, and Claude Code 2.1.73 sends it all the same.',
    ],
    [
      { helper: 'true' },
      'api-key-helper',
      'broken',
      'helper-output-unusable',
      'It printed nothing, so nothing usable goes out in its place.',
    ],
    [
      { version: '2.1.196', helper: 'printf a\\nb' },
      'api-key-helper',
      'broken',
      'helper-output-unusable',
      'It printed more than one line, so the request fails.',
    ],
    [
      { login: { accessToken: '' } },
      'claude-login',
      'broken',
      'login-stub',
      'This is what is left of a login: there is no token in it.',
    ],
    [
      { files: { '~/.claude/.credentials.json': '{' } },
      'claude-login',
      'broken',
      'malformed',
      'Its file could not be understood.',
    ],
    [
      { profile: 'ended' },
      'profile',
      'broken',
      'profile-ended',
      'Its login has ended and does not renew itself.',
    ],
    [
      { login: true, files: { '~/.claude/.credentials.json': { somethingNew: {} } } },
      'gateway-session',
      'unknown',
      'unknown-kind',
      'The store has an entry of a kind that is not known; if it is a gateway session, it comes before everything else.',
    ],
    [
      { shell: { ...on('BEDROCK'), ...BEARER } },
      'cloud-provider',
      'wins',
      'selects-provider',
      'It switches Claude Code to Amazon Bedrock.',
    ],
    [{}, 'auth-token', 'absent', 'not-set', 'It is not set.'],
    [{}, 'claude-login', 'absent', 'not-set', 'No Claude login was found.'],
    [{}, 'api-key-helper', 'absent', 'not-set', 'No settings file names a helper.'],
    [
      { shell: FEDERATION, consoleKey: true },
      'federation',
      'shadowed',
      'outranked',
      'The Console key (“/login managed key”) is used instead.',
    ],
  ])('%j: %s', async (given, source, state, code, sentence) => {
    const rows = told(await inspectGiven(given), source);
    expect(rows[0]).toEqual([state, code, sentence]);
  });
});

describe('What a refusal keeps from being used says which one:', () => {
  test.each([
    [
      { shell: { ANTHROPIC_API_KEY: 'sk-ant-api03-MADE\nUP' }, login: true },
      'claude-login',
      'The request fails: ANTHROPIC_API_KEY from this terminal holds a character that no header can carry.',
    ],
    [
      { shell: { ANTHROPIC_FEDERATION_RULE_ID: 'x', ANTHROPIC_ORGANIZATION_ID: 'y' }, login: true },
      'federation',
      'It needs an identity token as well, and none is set.',
    ],
    [
      { shell: { ANTHROPIC_FEDERATION_RULE_ID: 'x', ANTHROPIC_ORGANIZATION_ID: 'y' }, login: true },
      'claude-login',
      'Federation comes first, and it has no identity token.',
    ],
    [
      {
        version: '2.1.196',
        shell: { CLAUDE_CODE_USE_FOUNDRY: '1', CLAUDE_CODE_SKIP_FOUNDRY_AUTH: '1' },
        login: true,
      },
      'claude-login',
      'Claude Code 2.1.196 fails before it is looked at.',
    ],
  ] as readonly [Given, SourceId, string][])('%j: %s', async (given, source, sentence) => {
    expect(told(await inspectGiven(given), source).map(([, , said]) => said)).toContain(sentence);
  });

  test('a gateway that managed settings demand', async () => {
    const { facts, context } = await inspectGiven({ login: true });
    const policy = {
      key: 'forceLoginMethod',
      demands: 'gateway',
      line: 2,
      origin: { kind: 'settings' },
    } as const;
    expect(told(inspect({ ...facts, policy }, context), 'claude-login')[0]?.[2]).toBe(
      'Managed settings demand a sign-in to a gateway, so it is not used.',
    );
  });
});

describe('A switch that is on and selects nothing says why:', () => {
  test.each([
    [
      { shell: { ...on('BEDROCK'), ...on('VERTEX'), ...BEARER } },
      'VERTEX',
      'The switch of Amazon Bedrock comes first.',
    ],
    [
      { version: '2.1.73', shell: { ...on('MANTLE'), ...KEY } },
      'MANTLE',
      'Claude Code 2.1.73 does not know this switch.',
    ],
    [
      { shell: { ...on('GATEWAY'), ...KEY } },
      'GATEWAY',
      'It counts only together with ANTHROPIC_BASE_URL and ANTHROPIC_AUTH_TOKEN.',
    ],
    [
      { version: '2.1.136', shell: { ...on('GATEWAY'), ...KEY } },
      'GATEWAY',
      'Claude Code 2.1.136 does not know this switch.',
    ],
    [
      { shell: { ...on('GATEWAY'), ...TOKEN, ANTHROPIC_BASE_URL: 'https://llm.example' } },
      'GATEWAY',
      'It switches Claude Code to the gateway, which gets the auth token.',
    ],
    [
      {
        shell: {
          ...on('VERTEX'),
          CLAUDE_CODE_SKIP_VERTEX_AUTH: '1',
          ANTHROPIC_VERTEX_PROJECT_ID: 'p',
          ...KEY,
        },
      },
      'VERTEX',
      'It switches Claude Code to Google Vertex AI, but no credential of its own is sent there.',
    ],
    [{ shell: on('BEDROCK') }, 'BEDROCK', 'Whether it is used cannot be told.'],
  ] as readonly [Given, string, string][])('%j', async (given, name, sentence) => {
    const inspection = await inspectGiven(given);
    const { facts, context, verdict, ladder } = inspection;
    const found = ladder
      .flatMap(({ readings }) => readings)
      .find(({ reading }) => reading.origin.name === `CLAUDE_CODE_USE_${name}`);
    expect(found).toBeDefined();
    if (found === undefined) return;
    const { reading, reason } = found;
    expect(reasonSentence(reason, { source: 'cloud-provider', reading, facts, context, verdict })).toBe(
      sentence,
    );
  });
});

test('What is overridden is told with the place that overrides it.', async () => {
  const inspection = await inspectGiven({
    shell: KEY,
    user: KEY,
    local: { ANTHROPIC_API_KEY: 'sk-ant-api03-OTHER' },
    helper: { user: HELPER, project: HELPER },
  });
  expect(told(inspection, 'api-key')).toEqual([
    ['wins', 'sent', 'It is sent in x-api-key.'],
    ['shadowed', 'overridden', '~/app/.claude/settings.local.json:1 sets the same and ranks higher.'],
    ['shadowed', 'overridden', '~/app/.claude/settings.local.json:1 sets the same and ranks higher.'],
  ]);
  expect(told(inspection, 'api-key-helper')[0]).toEqual([
    'shadowed',
    'overridden',
    '~/app/.claude/settings.json:1 sets the same and ranks higher.',
  ]);
});

describe('What stands somewhere else says who would read it:', () => {
  test.each<[string, WorldOptions['entries'], string]>([
    [
      'a dotenv file',
      { '$PROJ/.env': 'ANTHROPIC_API_KEY=sk-ant-api03-DOTENV\n' },
      'Claude Code does not read this file itself.',
    ],
    [
      'a start-up file of the login shell',
      { '~/.bashrc': 'export ANTHROPIC_API_KEY=sk-ant-api03-BASHRC\n' },
      'This environment does not have it; a new terminal may.',
    ],
    [
      'a start-up file of another shell',
      { '~/.zshrc': 'export ANTHROPIC_API_KEY=sk-ant-api03-ZSHRC\n' },
      'It stands in a start-up file of another shell, and not in this environment.',
    ],
    [
      'the session',
      { '/etc/environment': 'ANTHROPIC_API_KEY=sk-ant-api03-ETC\n' },
      'This environment does not have it; one that is started anew may.',
    ],
    [
      'an editor',
      {
        '~/.config/Code/User/settings.json':
          '{ "claudeCode.environmentVariables": [{ "name": "ANTHROPIC_API_KEY", "value": "sk-ant-api03-CODE" }] }',
      },
      'It reaches Claude Code only inside the editor.',
    ],
  ])('%s', async (_, entries = {}, sentence) => {
    const rows = told(await inspectGiven({ shell: { SHELL: '/bin/bash' } }, { entries }), 'api-key');
    expect(rows.map(([state, , said]) => [state, said])).toEqual([['ignored', sentence]]);
  });
});

test('Every code has a sentence for every source, with and without a reading.', async () => {
  const { facts, context, verdict } = await inspectGiven({ shell: KEY, login: true });
  for (const code of REASON_CODES) {
    for (const source of SOURCE_IDS) {
      for (const reading of [
        null,
        { source, origin: { kind: 'process' }, fingerprint: null, flaw: null } as const,
      ]) {
        for (const by of [undefined, source, 'auth-token'] as const) {
          const reason = by === undefined ? { code } : { code, by };
          const said = reasonSentence(reason, { source, reading, facts, context, verdict });
          expect(said).toMatch(/^[A-Z~/][^]*[^.]\.$/);
          expect(said).not.toMatch(/undefined|null|\bstale\b/);
        }
      }
    }
  }
});
