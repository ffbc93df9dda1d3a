import { expect, test } from 'vitest';
import { installCommand, missingTools, toolsFor } from './system-tools.mjs';

const none = (): boolean => false;
const only =
  (...programs: readonly string[]) =>
  (program: string): boolean =>
    programs.includes(program);

test('Only what is not on PATH is missing.', () => {
  const missing = missingTools(toolsFor('linux'), only('git', 'zsh', 'unshare', 'setpriv', 'script', 'find'));
  expect(missing.map(({ program }) => program)).toEqual(['fish', 'strace']);
});

test('Nothing is asked for that a system cannot have.', () => {
  expect(toolsFor('darwin').map(({ program }) => program)).toEqual(['git', 'zsh', 'fish']);
  expect(toolsFor('win32').map(({ program }) => program)).toEqual(['git']);
});

test.each([
  [
    'apt-get',
    false,
    'sudo apt-get install -y --no-install-recommends git zsh fish strace util-linux bsdutils findutils',
  ],
  [
    'apt-get',
    true,
    'apt-get install -y --no-install-recommends git zsh fish strace util-linux bsdutils findutils',
  ],
  ['dnf', false, 'sudo dnf install -y git zsh fish strace util-linux util-linux-script findutils'],
])('With %s (as root: %s) the command names each package once.', (manager, root, command) => {
  expect(installCommand(toolsFor('linux'), { isOnPath: only(manager), root })).toBe(command);
});

test('On macOS the command is one for Homebrew; without any package manager there is none.', () => {
  const missing = missingTools(toolsFor('darwin'), only('git', 'zsh'));
  expect(installCommand(missing, { isOnPath: only('brew'), root: false })).toBe('brew install fish');
  expect(installCommand(missing, { isOnPath: none, root: false })).toBeUndefined();
});
