import { describe, expect, test } from 'vitest';
import { HELPER, inspectGiven, KEY, OAUTH, TOKEN, type Given } from '../testing/given.ts';
import { payerSentence } from './payer-sentences.ts';

const GATEWAY = { ANTHROPIC_BASE_URL: 'https://llm.example/v1' };
const on = (name: string): Record<string, string> => ({ [`CLAUDE_CODE_USE_${name}`]: '1' });

describe('Who pays, in one sentence:', () => {
  test.each([
    ['a login of one’s own', { login: true }, 'It is included in your subscription.'],
    [
      'a login of an organisation',
      { login: { subscriptionType: 'enterprise' } },
      'It is included in your organisation’s Enterprise plan.',
    ],
    [
      'a login that names no plan',
      { login: { subscriptionType: null } },
      'The subscription behind the login pays.',
    ],
    ['a token that may be anybody’s', { shell: OAUTH }, 'The subscription behind the token pays.'],
    ['a key', { shell: KEY }, 'You pay per use.'],
    ['a key beside a login', { shell: KEY, login: true }, 'You pay per use, on top of Max.'],
    ['a Console key', { consoleKey: true }, 'You pay per use.'],
    ['a helper that failed', { helper: 'exit 3', login: true }, 'Nothing that is sent can be billed.'],
    ['an auth token for Anthropic', { shell: TOKEN }, 'Who pays is not known.'],
    ['an auth token for a gateway', { shell: { ...TOKEN, ...GATEWAY } }, 'Who pays is up to llm.example.'],
    ['a key for a gateway', { shell: { ...KEY, ...GATEWAY } }, 'Who pays is up to llm.example.'],
    ['two at once', { shell: { ...TOKEN, ...KEY } }, 'Which one is billed is up to the server.'],
    [
      'two at once to a gateway',
      { shell: { ...TOKEN, ...KEY, ...GATEWAY } },
      'Which one is billed is up to llm.example.',
    ],
    ['a profile', { profile: 'named' }, 'Your organisation pays.'],
    [
      'a cloud',
      { shell: { ...on('BEDROCK'), AWS_BEARER_TOKEN_BEDROCK: 'made-up' } },
      'The cloud account behind it pays.',
    ],
    [
      'a cloud behind a gateway',
      {
        shell: {
          ...on('BEDROCK'),
          AWS_BEARER_TOKEN_BEDROCK: 'made-up',
          ANTHROPIC_BEDROCK_BASE_URL: 'https://proxy.example',
        },
      },
      'Who pays is up to proxy.example.',
    ],
    [
      'a key for a cloud that does not sign',
      {
        shell: {
          ...on('VERTEX'),
          CLAUDE_CODE_SKIP_VERTEX_AUTH: '1',
          ANTHROPIC_VERTEX_PROJECT_ID: 'p',
          ...KEY,
        },
      },
      'Who pays is up to whoever answers there.',
    ],
    ['nothing', {}, null],
    ['a question', { mode: 'interactive', shell: KEY }, 'After a yes, you pay per use.'],
  ] as readonly [string, Given, string | null][])('%s', async (_, given, said) => {
    const inspection = await inspectGiven(given);
    expect(payerSentence(inspection)).toBe(said);
  });

  test('the same helper in both headers is one credential', async () => {
    expect(payerSentence(await inspectGiven({ helper: HELPER }))).toBe('You pay per use.');
  });
});
