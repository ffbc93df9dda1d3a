import { describe, expect, test } from 'vitest';
import { REMEDY_IDS, type RemedyName } from '../core/conflict.ts';
import type { Origin } from '../core/origin.ts';
import { HELPER, inspectGiven, KEY } from '../testing/given.ts';
import { remedyTitle } from './remedy-titles.ts';

const zshrc: Origin = { kind: 'login-shell', path: '/home/p/.zshrc', line: 42, name: 'ANTHROPIC_API_KEY' };
const settings: Origin = { kind: 'settings', scope: 'user', path: '/home/p/.claude/settings.json', line: 3 };

describe('A remedy says what happens and where:', () => {
  test.each<[RemedyName, string]>([
    [
      { id: 'clear-credential', target: 'ANTHROPIC_API_KEY', origin: zshrc },
      'Clear ANTHROPIC_API_KEY from ~/.zshrc:42',
    ],
    [
      { id: 'clear-credential', target: 'env.ANTHROPIC_API_KEY', origin: settings },
      'Clear ANTHROPIC_API_KEY from ~/.claude/settings.json:3',
    ],
    [
      {
        id: 'clear-credential',
        target: 'work',
        origin: { kind: 'profile-file', path: '/home/p/.config/anthropic/configs/work.json' },
      },
      'Clear the profile “work” from ~/.config/anthropic/configs/work.json',
    ],
    [
      {
        id: 'clear-credential',
        target: 'default',
        origin: { kind: 'cloud-file', path: '/home/p/.aws/credentials', line: 2 },
      },
      'Clear the credential from ~/.aws/credentials:2',
    ],
    [{ id: 'clear-credential', target: 'custom-headers' }, 'Clear a custom header'],
    [{ id: 'clear-credential' }, 'Clear what managed settings forbid'],
    [
      { id: 'cancel-in-settings', target: 'ANTHROPIC_API_KEY' },
      'Cancel ANTHROPIC_API_KEY with an empty value in your user settings',
    ],
    [
      { id: 'move-to-keychain', target: 'ANTHROPIC_API_KEY', origin: zshrc },
      'Move ANTHROPIC_API_KEY from ~/.zshrc:42 into the system’s keychain',
    ],
    [
      { id: 'move-to-keychain', target: 'ANTHROPIC_API_KEY', origin: { kind: 'process' } },
      'Move ANTHROPIC_API_KEY into the system’s keychain',
    ],
    [{ id: 'log-in', target: 'claude-login' }, 'Log in again'],
    [{ id: 'log-out', target: 'claudeAiOauth', origin: { kind: 'credentials-file' } }, 'Log out of Claude'],
    [
      { id: 'log-out', target: 'primaryApiKey', origin: { kind: 'claude-json' } },
      'Log out, which removes the Console key',
    ],
    [
      { id: 'unset-base-url', target: 'ANTHROPIC_BASE_URL', origin: settings },
      'Clear ANTHROPIC_BASE_URL from ~/.claude/settings.json:3',
    ],
    [
      { id: 'switch-provider-off', target: 'CLAUDE_CODE_USE_BEDROCK', origin: settings },
      'Turn CLAUDE_CODE_USE_BEDROCK off in ~/.claude/settings.json:3',
    ],
    [{ id: 'sign-in-to-provider', target: 'bedrock' }, 'Sign in to AWS'],
    [{ id: 'sign-in-to-provider', target: 'vertex' }, 'Sign in to Google Cloud'],
    [{ id: 'sign-in-to-provider', target: 'northwind' }, 'Sign in to northwind'],
    [{ id: 'sign-in-to-provider', target: 'constructor' }, 'Sign in to the cloud provider'],
    [{ id: 'repair-settings-file', origin: settings }, 'Repair ~/.claude/settings.json'],
    [
      {
        id: 'repair-settings-file',
        origin: { kind: 'settings', scope: 'flag', path: '/home/p/{"env": {"made-up' },
      },
      'Repair --settings on the command line',
    ],
    [{ id: 'narrow-file-mode', origin: settings }, 'Let nobody else read ~/.claude/settings.json'],
    [{ id: 'untrack-file', origin: settings }, 'Take ~/.claude/settings.json out of git'],
    [{ id: 'repair-helper', origin: settings }, 'Repair the helper in ~/.claude/settings.json:3'],
    [
      { id: 'ask-administrator', target: 'forceLoginMethod' },
      'Ask your administrator about forceLoginMethod',
    ],
    [{ id: 'leave-as-is' }, 'Leave it as it is'],
  ])('%j', async (remedy, title) => {
    const { facts } = await inspectGiven({ helper: 'credence token --provider northwind' });
    expect(remedyTitle(remedy, facts)).toBe(title);
  });
});

test('Every remedy has a title, without a full stop, whatever is known about it.', async () => {
  const { facts } = await inspectGiven({});
  for (const id of REMEDY_IDS) expect(remedyTitle({ id }, facts)).toMatch(/^[A-Z].*[^.…]$/);
});

test('The remedies that the engine offers are worded with their places.', async () => {
  const { conflicts, facts } = await inspectGiven({ shell: KEY, login: true, helper: { project: HELPER } });
  const titles = conflicts.flatMap(({ remedies }) => remedies.map((remedy) => remedyTitle(remedy, facts)));
  expect(titles).toContain('Clear ANTHROPIC_API_KEY from this terminal');
  expect(titles).toContain('Start Claude Code without this folder’s settings');
});
