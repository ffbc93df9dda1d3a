import { describe, expect, test } from 'vitest';
import { SURFACES } from '../core/context.ts';
import { ORIGIN_KINDS, type Origin } from '../core/origin.ts';
import { inspectGiven, KEY } from '../testing/given.ts';
import {
  linkTarget,
  originLabel,
  originName,
  originPhrase,
  plainLabel,
  readingLabel,
  readingPhrase,
  settingsFileName,
} from './origin-label.ts';

const place = { platform: 'linux', home: '/home/p', surface: 'terminal' } as const;

describe('A place is named as a person would:', () => {
  test.each<[Origin, string]>([
    [{ kind: 'process', name: 'ANTHROPIC_API_KEY' }, 'this terminal'],
    [{ kind: 'login-shell', path: '/home/p/.zshrc', line: 42 }, '~/.zshrc:42'],
    [{ kind: 'login-shell', name: 'ANTHROPIC_API_KEY' }, 'your login shell'],
    [
      { kind: 'settings', scope: 'user', path: '/home/p/.claude/settings.json', line: 3 },
      '~/.claude/settings.json:3',
    ],
    [{ kind: 'settings', scope: 'flag', name: 'ANTHROPIC_API_KEY' }, '--settings on the command line'],
    [{ kind: 'settings', scope: 'flag', path: '/home/p/x.json', line: 1 }, '--settings, ~/x.json:1'],
    [
      { kind: 'settings', scope: 'managed', path: '/etc/claude-code/managed-settings.json', line: 4 },
      'managed settings, /etc/claude-code/managed-settings.json:4',
    ],
    [
      { kind: 'settings', scope: 'managed', path: 'HKLM\\SOFTWARE\\Policies\\ClaudeCode', line: 1 },
      'managed settings, HKLM\\SOFTWARE\\Policies\\ClaudeCode',
    ],
    [{ kind: 'settings', scope: 'local' }, 'local settings'],
    [{ kind: 'claude-json', path: '/home/p/.claude.json', line: 7 }, '~/.claude.json:7'],
    [{ kind: 'claude-json' }, '.claude.json'],
    [{ kind: 'credentials-file', path: '/home/p/.claude/.credentials.json' }, '~/.claude/.credentials.json'],
    [{ kind: 'keychain', name: 'Claude Code-credentials' }, 'the Keychain (item “Claude Code-credentials”)'],
    [{ kind: 'keychain', name: 'claudeAiOauth' }, 'the Keychain'],
    [{ kind: 'file-descriptor' }, 'an open file descriptor'],
    [
      { kind: 'launchd', path: '/home/p/Library/LaunchAgents/a.plist' },
      'launchd (~/Library/LaunchAgents/a.plist)',
    ],
    [{ kind: 'launchd', path: 'launchctl getenv ANTHROPIC_API_KEY' }, 'launchd, your session'],
    [
      { kind: 'systemd', path: '/home/p/.config/environment.d/a.conf', line: 2 },
      '~/.config/environment.d/a.conf:2',
    ],
    [{ kind: 'systemd', path: 'systemctl --user show-environment' }, 'the systemd user manager'],
    [{ kind: 'etc-environment', path: '/etc/environment', line: 3 }, '/etc/environment:3'],
    [
      { kind: 'registry', path: 'HKCU\\Environment', name: 'ANTHROPIC_API_KEY' },
      'the Windows registry (HKCU\\Environment)',
    ],
    [
      { kind: 'vscode', path: '/home/p/.config/Code/User/settings.json', line: 9 },
      'VS Code settings, ~/.config/Code/User/settings.json:9',
    ],
    [
      { kind: 'vscode', path: '/home/p/.config/Cursor/User/settings.json', line: 9 },
      'Cursor settings, ~/.config/Cursor/User/settings.json:9',
    ],
    [{ kind: 'dotenv', path: '/home/p/app/.env', line: 1 }, '~/app/.env:1'],
    [{ kind: 'direnv', path: '/home/p/app/.envrc', line: 1 }, '~/app/.envrc:1'],
    [{ kind: 'mise', path: '/home/p/app/mise.toml', line: 1 }, '~/app/mise.toml:1'],
  ])('%j', (origin, label) => {
    expect(originLabel(origin, place)).toBe(label);
  });
});

test('Settings that were cut short on the command line are not shown as a path.', () => {
  const origin: Origin = {
    kind: 'settings',
    scope: 'flag',
    path: '/home/p/{"env": {"ANTHROPIC_API_KEY": "made-up',
  };
  expect(originLabel(origin, place)).toBe('--settings on the command line');
  expect(settingsFileName(origin, place)).toBe('--settings on the command line');
});

test('Inside a sentence the path stands in brackets behind its kind.', () => {
  const managed: Origin = {
    kind: 'settings',
    scope: 'managed',
    path: '/etc/claude-code/managed-settings.json',
    line: 4,
  };
  expect(originPhrase(managed, place)).toBe('managed settings (/etc/claude-code/managed-settings.json:4)');
  expect(settingsFileName(managed, place)).toBe('/etc/claude-code/managed-settings.json (managed settings)');
});

test('On another surface the environment has its own name.', () => {
  const labels = SURFACES.map((surface) => originLabel({ kind: 'process' }, { ...place, surface }));
  expect(new Set(labels).size).toBe(SURFACES.length);
  expect(originLabel({ kind: 'process' }, { ...place, surface: 'vscode' })).toBe('VS Code’s environment');
});

test('Every kind of place has a label, also without a path.', () => {
  for (const kind of ORIGIN_KINDS) expect(originLabel({ kind }, place)).toMatch(/\S/);
});

test('The line stays when the path is shortened.', () => {
  const path = `/home/p/clients/${'x'.repeat(40)}/payments/.claude/settings.local.json`;
  const origin: Origin = { kind: 'settings', scope: 'local', path, line: 12 };
  expect(originLabel(origin, place, 55)).toBe('~/clients/…/payments/.claude/settings.local.json:12');
});

test('A link’s other end is told apart.', () => {
  const origin: Origin = { kind: 'settings', scope: 'user', path: '/home/p/.claude/settings.json' };
  expect(linkTarget(origin, place)).toBeNull();
  expect(linkTarget({ ...origin, realPath: '/home/p/dotfiles/s.json' }, place)).toBe('~/dotfiles/s.json');
});

test('Hostile names are shown harmless.', () => {
  expect(originName({ kind: 'process', name: 'env.A\u001b[2J' })).toBe('A\ufffd[2J');
  expect(originName({ kind: 'process' })).toBeNull();
});

describe('A value of the process is told with the start-up line that set it:', () => {
  test.each([
    [`export ANTHROPIC_API_KEY=${KEY.ANTHROPIC_API_KEY}`, '~/.bashrc:2'],
    [`[ -t 0 ] && export ANTHROPIC_API_KEY=${KEY.ANTHROPIC_API_KEY}`, '~/.bashrc:2'],
    ['export ANTHROPIC_API_KEY=$(pass show key)', 'this terminal (probably ~/.bashrc:2)'],
    ['export ANTHROPIC_API_KEY=another', 'this terminal'],
  ])('%s', async (line, label) => {
    const { facts, verdict } = await inspectGiven({
      shell: { ...KEY, SHELL: '/bin/bash' },
      files: { '~/.bashrc': `# mine\n${line}\n` },
    });
    const reading = verdict.xApiKey?.reading;
    expect(reading).toBeDefined();
    if (reading === undefined) return;
    expect(readingLabel(reading, facts)).toBe(label);
    expect(readingPhrase(reading, facts)).toBe(label);
  });

  test('a conflict that already names the line is worded alike', async () => {
    const { facts, conflicts } = await inspectGiven({
      shell: { ...KEY, SHELL: '/bin/bash' },
      login: true,
      files: { '~/.bashrc': 'export ANTHROPIC_API_KEY=$(pass show key)\n' },
    });
    const origin = conflicts.find(({ code }) => code === 'metered-over-subscription')?.about.origin;
    expect(origin?.kind).toBe('login-shell');
    expect(plainLabel(origin ?? { kind: 'process' }, facts)).toBe('this terminal (probably ~/.bashrc:1)');
  });
});
