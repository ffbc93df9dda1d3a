import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAnthropicHost } from './anthropic-hosts.ts';

describe('Anthropic’s hosts', () => {
  test.each([
    'anthropic.com',
    'api.anthropic.com',
    'console.anthropic.com',
    'a.b.c.anthropic.com',
    'claude.ai',
    'www.claude.ai',
    'claude.com',
    'platform.claude.com',
    'ANTHROPIC.COM',
    'Claude.Ai',
    'claude.ai.',
    'platform.claude.com:443',
    'claude.com.:8443',
    ' claude.ai ',
  ])('are known: %s', (host) => {
    expect(isAnthropicHost(host)).toBe(true);
  });

  test.each([
    '',
    'com',
    'login.northwind.example',
    '127.0.0.1',
    '127.0.0.1:8080',
    '[::1]:8080',
    'notanthropic.com',
    'anthropic.com.northwind.example',
    'claude.ai.example',
    'claude-ai.com',
    'my-claude.com',
    'anthropic.community',
    'claude.aip',
  ])('are not any that look like them: %s', (host) => {
    expect(isAnthropicHost(host)).toBe(false);
  });

  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
  const domain = fc.constantFrom('anthropic.com', 'claude.ai', 'claude.com');

  test('are all names below their domains, and no name that only begins or ends like one.', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 4 }), domain, label, (labels, of, more) => {
        expect(isAnthropicHost([...labels, of].join('.'))).toBe(true);
        expect(isAnthropicHost([...labels, `${more}${of}`].join('.'))).toBe(false);
        expect(isAnthropicHost([...labels, of, more].join('.'))).toBe(false);
      }),
    );
  });
});
