import { describe, expect, test } from 'vitest';
import type { SourceId } from '../core/source-id.ts';
import {
  CUSTOM_AUTHORIZATION,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  TOKEN,
  type Given,
} from '../testing/given.ts';
import { whatItTakes } from './what-it-takes.ts';

const BEDROCK = { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'made-up' };

describe('What would have to change for a source to be sent, as the rules say:', () => {
  test.each([
    [{ login: true }, 'claude-login', null],
    [{ shell: { ...TOKEN, ...KEY } }, 'api-key', null],
    [{ shell: KEY, login: true }, 'claude-login', 'Without the API key it would be sent.'],
    [
      { shell: { ...KEY, ...OAUTH }, login: true },
      'claude-login',
      'Without the API key and the OAuth token it would be sent.',
    ],
    [
      { shell: { ...BEDROCK, ...TOKEN }, login: true, helper: HELPER },
      'claude-login',
      'Without the provider’s switch, the auth token and the API key helper it would be sent.',
    ],
    [
      { shell: CUSTOM_AUTHORIZATION, login: true },
      'claude-login',
      'Without the custom headers it would be sent.',
    ],
    [{ login: true, consoleKey: true }, 'console-key', 'Without your Max login it would be sent.'],
    [{ profile: 'named', login: true }, 'claude-login', 'Without the profile “work” it would be sent.'],
    [{ login: true }, 'auth-token', 'Set it in the shell or a settings file.'],
    [{}, 'claude-login', 'Log in with “claude auth login”.'],
    [
      { shell: KEY },
      'claude-login',
      'Log in with “claude auth login”. Without the API key it would be sent.',
    ],
    [
      { shell: KEY, login: { accessToken: '' } },
      'claude-login',
      'Log in again. Without the API key it would be sent.',
    ],
    [
      { mode: 'bare', shell: KEY },
      'console-key',
      'Log in with “claude auth login --console”. Leave --bare out: other runs take notice of it.',
    ],
    [{ mode: 'bare', login: true }, 'claude-login', 'Leave --bare out: other runs take notice of it.'],
    [
      { shell: { CLAUDE_CODE_SIMPLE: '1' }, login: true },
      'claude-login',
      'Switch CLAUDE_CODE_SIMPLE off: then Claude Code takes notice of it.',
    ],
    [
      { mode: 'interactive', shell: KEY, answered: 'rejected' },
      'api-key',
      'Let Claude Code ask about the key again, and accept it.',
    ],
    [{ project: OAUTH }, 'oauth-token', 'Set it in your user settings or in the shell instead.'],
    [{ shell: { AWS_BEARER_TOKEN_BEDROCK: 'x' } }, 'cloud-provider', 'Switch its provider on.'],
    [{ profile: 'ended' }, 'profile', 'Sign in to the profile again.'],
    [
      { shell: { CLAUDE_CODE_USE_BEDROCK: '1' }, login: true },
      'claude-login',
      'Without the provider’s switch it would be sent.',
    ],
  ] as readonly [Given, SourceId, string | null][])('%j: %s', async (given, source, takes) => {
    expect(whatItTakes(await inspectGiven(given), source)).toBe(takes);
  });
});
