import { describe, expect, test } from 'vitest';
import { CLOUD_PROVIDERS } from '../core/provider.ts';
import { SOURCE_IDS } from '../core/source-id.ts';
import {
  CUSTOM_BOTH,
  FEDERATION,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  TOKEN,
  type Given,
} from '../testing/given.ts';
import {
  fullTitle,
  isOwnPlan,
  loginPhrase,
  planName,
  PROVIDER_NAMES,
  providerName,
  slotPhraseWithPlace,
  sourceDetail,
  sourcePhrase,
  sourceTitle,
} from './source-label.ts';

test('Plans are named as people know them, and unknown ones are not guessed.', () => {
  expect(['pro', 'max', 'team', 'enterprise'].map(planName)).toEqual(['Pro', 'Max', 'Team', 'Enterprise']);
  expect([null, undefined, '', 'MAX', 'toString', '__proto__'].map(planName)).toEqual(Array(6).fill(null));
  expect(['pro', 'max', 'team', 'enterprise', null].map(isOwnPlan)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('Providers have their display names; a text that is none is “the cloud provider”.', () => {
  expect(CLOUD_PROVIDERS.map((id) => PROVIDER_NAMES[id])).toEqual([
    'Amazon Bedrock',
    'Microsoft Foundry',
    'Claude Platform on AWS',
    'Claude Platform on Google Cloud',
    'Mantle',
    'Google Vertex AI',
  ]);
  expect(providerName('vertex')).toBe('Google Vertex AI');
  expect(providerName(undefined)).toBe('the cloud provider');
  expect(providerName('constructor')).toBe('the cloud provider');
});

describe('A login is called by its plan:', () => {
  test.each([
    [{ login: true }, 'your Max login', 'Max login', 'Max'],
    [{ login: { subscriptionType: 'team' } }, 'your Team login', 'Team login', 'Team'],
    [{ login: { subscriptionType: null } }, 'your Claude login', 'Claude login', null],
    [{ login: { subscriptionType: 'gold\u202e' } }, 'your Claude login', 'Claude login', 'gold\ufffd'],
    [{}, 'your Claude login', 'Claude login', null],
  ] as readonly [Given, string, string, string | null][])('%j', async (given, phrase, title, detail) => {
    const { facts } = await inspectGiven(given);
    expect(loginPhrase(facts)).toBe(phrase);
    expect(fullTitle('claude-login', facts, 'firstParty')).toBe(title);
    expect(sourceDetail('claude-login', facts, 'firstParty')).toBe(detail);
  });
});

test('A profile is called by its name, a provider by its own.', async () => {
  const { facts } = await inspectGiven({ profile: 'named' });
  expect(fullTitle('profile', facts, 'firstParty')).toBe('Profile “work”');
  expect(sourcePhrase('profile', facts)).toBe('the profile “work”');
  expect(fullTitle('cloud-provider', facts, 'bedrock')).toBe('Amazon Bedrock');
  expect(fullTitle('cloud-provider', facts, 'firstParty')).toBe('Cloud provider');
});

test('Every source has a title and a phrase.', async () => {
  const { facts } = await inspectGiven({});
  for (const source of SOURCE_IDS) {
    expect(sourceTitle(source)).toMatch(/^[A-Z]/);
    expect(sourcePhrase(source, facts)).toMatch(/^(?:the|your|a) /);
    expect(fullTitle(source, facts, 'firstParty')).toMatch(/^[A-Z]/);
  }
});

describe('What fills a header is called with its place:', () => {
  const on = (name: string): Record<string, string> => ({ [`CLAUDE_CODE_USE_${name}`]: '1' });
  test.each([
    [{ shell: KEY }, '', 'the API key from this terminal'],
    [{ user: TOKEN }, 'the auth token from ~/.claude/settings.json:1', ''],
    [{ shell: OAUTH }, 'the OAuth token from this terminal', ''],
    [
      { helper: HELPER },
      'the output of the API key helper in ~/.claude/settings.json:1',
      'the output of the API key helper in ~/.claude/settings.json:1',
    ],
    [{ login: true }, 'your Max login', ''],
    [{ consoleKey: true }, '', 'the Console key from ~/.claude.json:1'],
    [{ profile: 'named' }, 'the profile “work”', ''],
    [{ profile: 'active' }, 'the profile “default”', ''],
    [{ shell: FEDERATION }, 'a token exchanged through federation as set up in this terminal', ''],
    [
      { shell: CUSTOM_BOTH },
      'a custom Authorization header set in this terminal',
      'a custom x-api-key header set in this terminal',
    ],
    [
      { shell: { ...on('BEDROCK'), AWS_BEARER_TOKEN_BEDROCK: 'made-up' } },
      'the Bedrock API key from this terminal',
      '',
    ],
    [
      { shell: { ...on('BEDROCK'), AWS_ACCESS_KEY_ID: 'AKIA-MADE-UP', AWS_SECRET_ACCESS_KEY: 'made-up' } },
      'a signature made with the AWS credentials from this terminal',
      '',
    ],
    [
      { shell: { ...on('FOUNDRY'), ANTHROPIC_FOUNDRY_API_KEY: 'made-up' } },
      '',
      'the Foundry API key from this terminal',
    ],
    [
      {
        shell: {
          ...on('ANTHROPIC_AWS'),
          ANTHROPIC_AWS_WORKSPACE_ID: 'made-up',
          ANTHROPIC_AWS_API_KEY: 'made-up',
        },
      },
      '',
      'the API key of Claude Platform on AWS from this terminal',
    ],
    [
      { version: '2.1.73', shell: { ANTHROPIC_AUTH_TOKEN: '' } },
      'an auth token without a value from this terminal',
      '',
    ],
  ] as readonly [Given, string, string][])('%j', async (given, authorization, xApiKey) => {
    const { verdict, facts } = await inspectGiven(given);
    const phrase = (slot: typeof verdict.xApiKey): string =>
      slot === null ? '' : slotPhraseWithPlace(slot, facts);
    expect([phrase(verdict.authorization), phrase(verdict.xApiKey)]).toEqual([authorization, xApiKey]);
  });
});
