import { describe, expect, test } from 'vitest';
import { inspect, type Inspection } from '../usecases/inspect.ts';
import { CUSTOM_KEY, HELPER, inspectGiven, KEY, OAUTH, TOKEN, type Given } from '../testing/given.ts';
import { answerLabel } from './answer-label.ts';
import { answerSentence, branchSentence } from './answer-sentence.ts';

const GATEWAY = { ANTHROPIC_BASE_URL: 'https://llm.example/v1' };
const on = (name: string): Record<string, string> => ({ [`CLAUDE_CODE_USE_${name}`]: '1' });

describe('The answer in one sentence:', () => {
  test.each([
    [{ login: true }, 'Print runs use your Max login.', 'Max login'],
    [
      { mode: 'interactive', login: { subscriptionType: null } },
      'Interactive sessions use your Claude login.',
      'Claude login',
    ],
    [
      { shell: KEY, login: true },
      'Print runs send the API key from this terminal, not your Max login.',
      'API key',
    ],
    [{ mode: 'bare', shell: KEY, login: true }, 'Bare runs send the API key from this terminal.', 'API key'],
    [
      { shell: { ...KEY, ...OAUTH } },
      'Print runs send the API key from this terminal, not the OAuth token.',
      'API key',
    ],
    [
      { shell: { ...OAUTH }, login: true },
      'Print runs send the OAuth token from this terminal, not your Max login.',
      'OAuth token',
    ],
    [{ profile: 'named' }, 'Print runs use the profile “work”.', 'Profile “work”'],
    [{ consoleKey: true }, 'Print runs send the Console key from ~/.claude.json:1.', 'Console key'],
    [
      { shell: TOKEN, consoleKey: true },
      'Print runs send the auth token from this terminal, and beside it the Console key from ~/.claude.json:1.',
      'Auth token + Console key',
    ],
    [
      { shell: CUSTOM_KEY, login: true },
      'Print runs send a custom x-api-key header set in this terminal, and beside it your Max login.',
      'Custom headers + Claude login',
    ],
    [{ login: true, user: GATEWAY }, 'Print runs send your Max login to llm.example.', 'Max login'],
    [
      { shell: { ...TOKEN, ...GATEWAY }, login: true },
      'Print runs send the auth token from this terminal to llm.example, not your Max login.',
      'Auth token',
    ],
    [
      { shell: { ...TOKEN, ...KEY, ...GATEWAY } },
      'Print runs send the auth token from this terminal to llm.example, and beside it the API key from this terminal.',
      'Auth token + API key',
    ],
    [
      { shell: { ...TOKEN, ...GATEWAY, ...on('GATEWAY') } },
      'Print runs send the auth token from this terminal to the gateway at llm.example.',
      'Auth token',
    ],
    [
      { shell: { ...on('BEDROCK'), AWS_BEARER_TOKEN_BEDROCK: 'made-up' }, login: true },
      'Print runs send the Bedrock API key from this terminal to Amazon Bedrock, not your Max login.',
      'Amazon Bedrock',
    ],
    [
      {
        shell: {
          ...on('VERTEX'),
          CLAUDE_CODE_SKIP_VERTEX_AUTH: '1',
          ANTHROPIC_VERTEX_PROJECT_ID: 'p',
          ANTHROPIC_VERTEX_BASE_URL: 'https://v.example',
        },
      },
      'Print runs send requests to Google Vertex AI at v.example without any credential.',
      'no credential',
    ],
    [
      { helper: HELPER, login: true },
      'Print runs send the output of the API key helper in ~/.claude/settings.json:1, not your Max login.',
      'API key helper',
    ],
    [
      { shell: TOKEN, helper: HELPER },
      'Print runs send the auth token from this terminal, and beside it the output of the API key helper in ~/.claude/settings.json:1, as soon as there is one.',
      'Auth token + API key helper',
    ],
    [
      { helper: 'exit 3', login: true },
      'Print runs send nothing usable instead of your Max login, because the API key helper in ~/.claude/settings.json:1 ended with an error.',
      'API key helper',
    ],
    [
      { shell: KEY, helper: 'true' },
      'Print runs send the API key from this terminal, and beside it nothing usable, because the API key helper in ~/.claude/settings.json:1 printed nothing.',
      'API key + API key helper',
    ],
    [
      { version: '2.1.73', shell: { ANTHROPIC_AUTH_TOKEN: '' } },
      'Print runs send an auth token without a value from this terminal.',
      'Auth token',
    ],
    [{}, 'Nothing is sent: you are not logged in.', 'not logged in'],
    [
      { mode: 'bare', login: true },
      'Nothing is sent: bare runs use no login, and no other credential counts here.',
      'not logged in',
    ],
    [{ profile: 'ended' }, 'Nothing is sent: the profile “default” has ended.', 'nothing'],
    [
      { shell: on('BEDROCK') },
      'What is sent cannot be told: no credential for Amazon Bedrock was found.',
      'not known',
    ],
  ] as readonly [Given, string, string][])('%j', async (given, said, label) => {
    const inspection = await inspectGiven(given);
    expect(answerSentence(inspection)).toBe(said);
    expect(answerLabel(inspection.verdict, inspection.facts)).toBe(label);
  });

  test('a helper that was not run is said to be that', async () => {
    const { facts, context } = await inspectGiven({ helper: HELPER, login: true });
    const unrun = inspect(
      { ...facts, helpers: facts.helpers.map((helper) => ({ ...helper, run: null })) },
      context,
    );
    expect(answerSentence(unrun)).toBe(
      'Print runs send the output of the API key helper in ~/.claude/settings.json:1, not your Max login; the helper was not run for this answer.',
    );
  });
});

describe('A question is told with what follows a yes and a no:', () => {
  test.each([
    [
      { mode: 'interactive', shell: KEY, login: true },
      'Claude Code asks first whether it may use the API key from this terminal; after a yes it sends that key; after a no it uses your Max login.',
    ],
    [
      { mode: 'interactive', shell: { ...KEY, ...TOKEN } },
      'Claude Code asks first whether it may use the API key from this terminal; after a yes it sends the auth token from this terminal, and beside it that key; after a no it sends the auth token from this terminal.',
    ],
    [
      { mode: 'interactive', user: KEY },
      'Claude Code asks first whether it may use the API key from ~/.claude/settings.json:1; after a yes it sends that key; after a no it sends nothing, because you are not logged in.',
    ],
    [
      { mode: 'interactive', trusted: false, login: true },
      'Claude Code asks first whether you trust this folder; after a yes it uses your Max login; after a no it sends nothing.',
    ],
    [
      { mode: 'interactive', trusted: false, shell: KEY },
      'Claude Code asks first whether you trust this folder; after a yes it asks whether it may use the API key from this terminal; after a no it sends nothing.',
    ],
    [
      { mode: 'interactive', trusted: false, shell: on('BEDROCK') },
      'Claude Code asks first whether you trust this folder; after a yes what it sends cannot be told; after a no it sends nothing.',
    ],
    [
      { mode: 'interactive', trusted: false, profile: 'ended' },
      'Claude Code asks first whether you trust this folder; after a yes it sends nothing, because the profile has ended; after a no it sends nothing.',
    ],
  ] as readonly [Given, string][])('%j', async (given, said) => {
    const inspection = await inspectGiven(given);
    expect(answerSentence(inspection)).toBe(said);
    expect(answerLabel(inspection.verdict, inspection.facts)).toBe('asks first');
  });

  test('each branch can be told on its own', async () => {
    const { verdict, facts, context }: Inspection = await inspectGiven({
      mode: 'interactive',
      shell: KEY,
      login: true,
    });
    const branches = [verdict.after?.yes, verdict.after?.no].map((branch) =>
      branch === undefined ? '' : branchSentence(branch, facts, context),
    );
    expect(branches).toEqual(['It sends the API key from this terminal.', 'It uses your Max login.']);
  });
});
