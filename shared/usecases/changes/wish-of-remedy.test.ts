import { expect, test } from 'vitest';
import { REMEDY_IDS, type RemedyName } from '../../core/conflict.ts';
import type { Origin } from '../../core/origin.ts';
import type { Wish } from './plan-request.ts';
import { wishOfRemedy } from './wish-of-remedy.ts';

const ZSHRC: Origin = { kind: 'login-shell', path: '/home/p/.zshrc', line: 1, name: 'ANTHROPIC_API_KEY' };
const MANAGED: Origin = {
  kind: 'settings',
  scope: 'managed',
  path: '/etc/claude-code/managed-settings.json',
};
const key = { target: 'ANTHROPIC_API_KEY' } as const;
const names = ['ANTHROPIC_API_KEY'];

test.each<[RemedyName, Wish | null]>([
  [
    { id: 'clear-credential', ...key, origin: ZSHRC },
    { kind: 'clear', names },
  ],
  [
    { id: 'clear-credential', target: 'env.ANTHROPIC_API_KEY' },
    { kind: 'clear', names },
  ],
  [
    { id: 'clear-credential', target: 'api-key-helper' },
    { kind: 'clear', names: ['apiKeyHelper'] },
  ],
  [{ id: 'clear-credential', ...key, origin: MANAGED }, null],
  [{ id: 'clear-credential', target: 'claude-login' }, null],
  [{ id: 'clear-credential' }, null],
  [
    { id: 'unset-base-url', target: 'ANTHROPIC_BASE_URL' },
    { kind: 'clear', names: ['ANTHROPIC_BASE_URL'] },
  ],
  [
    { id: 'switch-provider-off', target: 'CLAUDE_CODE_USE_BEDROCK' },
    { kind: 'clear', names: ['CLAUDE_CODE_USE_BEDROCK'] },
  ],
  [
    { id: 'cancel-in-settings', ...key },
    { kind: 'cancel', names },
  ],
  [{ id: 'cancel-in-settings', target: 'NOBODY_KNOWS' }, null],
  [
    { id: 'move-to-keychain', ...key },
    { kind: 'to-keychain', names, by: 'helper' },
  ],
  [
    { id: 'move-to-keychain', target: 'ANTHROPIC_AUTH_TOKEN' },
    { kind: 'to-keychain', names: ['ANTHROPIC_AUTH_TOKEN'], by: 'command' },
  ],
  [
    { id: 'forget-approval', ...key },
    { kind: 'forget-answer', names },
  ],
  [
    { id: 'narrow-file-mode', origin: ZSHRC },
    { kind: 'narrow-mode', path: '/home/p/.zshrc' },
  ],
  [{ id: 'narrow-file-mode' }, null],
])('%j asks for %j.', (remedy, wish) => {
  expect(wishOfRemedy(remedy)).toEqual(wish);
});

test('Without knowing what it is about nothing is wished, except that every key is asked about again.', () => {
  for (const id of REMEDY_IDS) {
    const wish = wishOfRemedy({ id });
    if (id === 'forget-approval')
      expect(wish).toMatchObject({
        kind: 'forget-answer',
        names: [...names, 'CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR'],
      });
    else expect(wish).toBeNull();
  }
});
