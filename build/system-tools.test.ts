import { expect, test } from 'vitest';
import { installCommand, missingTools, toolsFor } from './system-tools.mjs';

const none = (): boolean => false;
const only =
  (...programs: readonly string[]) =>
  (program: string): boolean =>
    programs.includes(program);

test('Only what is not on PATH is missing.', () => {
  const there = [
    'git',
    'zsh',
    'unshare',
    'setpriv',
    'script',
    'find',
    'chromium',
    'Xvfb',
    'dbus-run-session',
  ];
  const font = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
  const missing = missingTools(toolsFor('linux'), only(...there, font));
  expect(missing.map(({ program }) => program)).toEqual([
    'fish',
    'strace',
    'faketime',
    'xauth',
    'xterm',
    'gnome-keyring-daemon',
  ]);
});

test('Nothing is asked for that a system cannot have.', () => {
  expect(toolsFor('darwin').map(({ program }) => program)).toEqual(['git', 'zsh', 'fish']);
  expect(toolsFor('win32').map(({ program }) => program)).toEqual(['git']);
});

const DEBIAN =
  'git zsh fish strace util-linux bsdutils findutils faketime chromium xvfb xauth xterm fonts-dejavu-core gnome-keyring dbus';

test.each([
  ['apt-get', false, `sudo apt-get install -y --no-install-recommends ${DEBIAN}`],
  ['apt-get', true, `apt-get install -y --no-install-recommends ${DEBIAN}`],
  [
    'dnf',
    false,
    'sudo dnf install -y git zsh fish strace util-linux util-linux-script findutils libfaketime ' +
      'chromium xorg-x11-server-Xvfb xorg-x11-xauth xterm dejavu-sans-fonts gnome-keyring dbus-daemon',
  ],
])('With %s (as root: %s) the command names each package once.', (manager, root, command) => {
  expect(installCommand(toolsFor('linux'), { isOnPath: only(manager), root })).toBe(command);
});

test('On macOS the command is one for Homebrew; without any package manager there is none.', () => {
  const missing = missingTools(toolsFor('darwin'), only('git', 'zsh'));
  expect(installCommand(missing, { isOnPath: only('brew'), root: false })).toBe('brew install fish');
  expect(installCommand(missing, { isOnPath: none, root: false })).toBeUndefined();
});
