import { describe, expect, test } from 'vitest';
import {
  CUSTOM_KEY,
  FEDERATION,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  TOKEN,
  type Given,
} from '../../testing/given.ts';
import { baseUrlOf, goesElsewhere } from './payer.ts';

const ELSEWHERE = { ANTHROPIC_BASE_URL: 'https://gateway.example' };
const OWN = { ANTHROPIC_BASE_URL: 'https://api.anthropic.com' };

describe('Who pays', () => {
  test.each<[string, Given, string | null]>([
    ['a login', { login: true }, 'subscription'],
    ['a login that goes elsewhere', { login: true, shell: ELSEWHERE }, 'subscription'],
    ['an OAuth token', { shell: OAUTH }, 'subscription'],
    ['a key', { shell: KEY }, 'metered'],
    ['a key for Anthropic’s own address', { shell: { ...KEY, ...OWN } }, 'metered'],
    ['a key that goes elsewhere', { shell: { ...KEY, ...ELSEWHERE } }, 'organisation'],
    ['a helper', { helper: HELPER }, 'metered'],
    ['a helper that goes elsewhere', { helper: HELPER, shell: ELSEWHERE }, 'organisation'],
    ['a Console key', { consoleKey: true }, 'metered'],
    ['a token, nobody knows whose', { shell: TOKEN }, 'unknown'],
    ['a token for a gateway', { shell: { ...TOKEN, ...ELSEWHERE } }, 'organisation'],
    ['a profile', { profile: 'named' }, 'organisation'],
    ['an active profile', { profile: 'active' }, 'organisation'],
    ['federation', { shell: FEDERATION }, 'organisation'],
    ['a custom header', { shell: CUSTOM_KEY }, 'unknown'],
    ['of two, the higher one: token and key', { shell: { ...TOKEN, ...KEY } }, 'unknown'],
    ['of two, the higher one: key and helper', { shell: KEY, helper: HELPER }, 'metered'],
    ['of two, the higher one: header and login', { shell: CUSTOM_KEY, login: true }, 'unknown'],
    [
      'a provider',
      { shell: { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'b' } },
      'organisation',
    ],
    [
      'a provider that gets nothing',
      {
        shell: {
          CLAUDE_CODE_USE_VERTEX: '1',
          CLAUDE_CODE_SKIP_VERTEX_AUTH: '1',
          ANTHROPIC_VERTEX_PROJECT_ID: 'p',
        },
      },
      'organisation',
    ],
    ['a gateway', { shell: { CLAUDE_CODE_USE_GATEWAY: '1', ...ELSEWHERE, ...TOKEN } }, 'organisation'],
    ['nothing', {}, null],
    ['a provider with nothing behind it', { shell: { CLAUDE_CODE_USE_BEDROCK: '1' } }, null],
    ['a question counts as answered with yes', { mode: 'interactive', shell: KEY, login: true }, 'metered'],
    ['both questions', { mode: 'interactive', trusted: false, shell: KEY, login: true }, 'metered'],
    [
      'an answer that was given',
      { mode: 'interactive', shell: KEY, login: true, answered: 'rejected' },
      'subscription',
    ],
  ])('%s', async (_, given, pays) => {
    expect((await inspectGiven(given)).pays).toBe(pays);
  });
});

describe('Where it goes', () => {
  test.each<[string, Given, boolean]>([
    ['nowhere else', {}, false],
    ['Anthropic’s own address', { shell: OWN }, false],
    ['another', { shell: ELSEWHERE }, true],
    ['another, from the project', { shell: OWN, project: ELSEWHERE }, true],
    ['one that was cancelled', { shell: ELSEWHERE, user: { ANTHROPIC_BASE_URL: '' } }, false],
    ['white space', { shell: { ANTHROPIC_BASE_URL: '  ' } }, false],
  ])('%s', async (_, given, elsewhere) => {
    const { facts } = await inspectGiven(given);
    expect(goesElsewhere(facts)).toBe(elsewhere);
  });

  test('Each provider has an address of its own.', async () => {
    const shell = { ...ELSEWHERE, ANTHROPIC_BEDROCK_BASE_URL: 'https://bedrock.example' };
    const { facts } = await inspectGiven({ shell });
    expect(baseUrlOf(facts, 'bedrock')?.entry.text).toBe('https://bedrock.example');
    expect(baseUrlOf(facts, 'gateway')?.entry.text).toBe('https://gateway.example');
    expect(baseUrlOf(facts, 'vertex')).toBeNull();
  });
});
