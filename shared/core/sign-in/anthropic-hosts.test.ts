import { describe, expect, test } from 'vitest';
import { isAnthropicHost } from './anthropic-hosts.ts';

describe('Hosts of Anthropic', () => {
  test.each([
    'anthropic.com',
    'console.anthropic.com',
    'claude.ai',
    'CLAUDE.AI',
    'claude.ai.',
    'a.b.claude.com',
    'platform.claude.com',
  ])('%s is one', (host) => {
    expect(isAnthropicHost(host)).toBe(true);
  });

  test.each([
    '',
    'com',
    'notclaude.ai',
    'claude.ai.example',
    'anthropic.com.northwind.example',
    'claude.aix',
    '127.0.0.1',
  ])('“%s” is none', (host) => {
    expect(isAnthropicHost(host)).toBe(false);
  });
});
