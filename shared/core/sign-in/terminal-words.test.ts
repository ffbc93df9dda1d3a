import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Platform } from '../known-folders.ts';
import { setupTokenTerminal, type TerminalPlace } from './terminal-words.ts';

const CLAUDE = '/opt/claude/claude';
const place = (
  platform: Platform,
  there: readonly string[],
  variables: Readonly<Record<string, string>> = { DISPLAY: ':0' },
): TerminalPlace => ({
  platform,
  variables,
  find: (name) => (there.includes(name) ? (name.startsWith('/') ? name : `/usr/bin/${name}`) : null),
});

test.each<
  [
    there: readonly string[],
    variables: Record<string, string>,
    file: string | null,
    before: readonly string[],
  ]
>([
  [['sh', 'x-terminal-emulator', 'xterm'], { DISPLAY: ':0' }, '/usr/bin/x-terminal-emulator', ['-e']],
  [['sh', 'gnome-terminal', 'xterm'], { WAYLAND_DISPLAY: 'wayland-0' }, '/usr/bin/gnome-terminal', ['--']],
  [['sh', 'konsole'], { DISPLAY: ':0' }, '/usr/bin/konsole', ['-e']],
  [['sh', 'xfce4-terminal'], { DISPLAY: ':0' }, '/usr/bin/xfce4-terminal', ['-x']],
  [['sh', 'foot', 'xterm'], { DISPLAY: ':0' }, '/usr/bin/foot', []],
  [['sh', 'xterm'], { DISPLAY: ':0' }, '/usr/bin/xterm', ['-e']],
  [['sh', 'xterm', 'kitty'], { DISPLAY: ':0', TERMINAL: 'kitty' }, '/usr/bin/kitty', []],
  [
    ['sh', 'xterm', '/opt/wezterm'],
    { DISPLAY: ':0', TERMINAL: '/opt/wezterm' },
    '/opt/wezterm',
    ['start', '--'],
  ],
  [['sh', 'xterm', 'my-own'], { DISPLAY: ':0', TERMINAL: 'my-own' }, '/usr/bin/my-own', ['-e']],
  [['sh', 'xterm'], { DISPLAY: ':0', TERMINAL: 'gone' }, '/usr/bin/xterm', ['-e']],
  [['sh', 'xterm', 'a b'], { DISPLAY: ':0', TERMINAL: 'a b' }, '/usr/bin/xterm', ['-e']],
  [['sh', 'xterm', '-x'], { DISPLAY: ':0', TERMINAL: '-x' }, '/usr/bin/xterm', ['-e']],
  [['sh', 'xterm'], {}, null, []],
  [['sh', 'xterm'], { DISPLAY: '' }, null, []],
  [['xterm'], { DISPLAY: ':0' }, null, []],
  [['sh'], { DISPLAY: ':0' }, null, []],
])('On Linux with %j and %j.', (there, variables, file, before) => {
  const words = setupTokenTerminal(CLAUDE, place('linux', there, variables));
  expect(words?.file ?? null).toBe(file);
  if (words !== null)
    expect(words.args.slice(0, before.length + 2)).toEqual([...before, '/usr/bin/sh', '-c']);
});

test('On macOS the path is an argument of a fixed script.', () => {
  const words = setupTokenTerminal('/Users/p/"; do evil', place('darwin', ['osascript']));
  expect(words?.args.at(-1)).toBe('/Users/p/"; do evil');
  expect(words?.args.slice(0, -1).join(' ')).not.toContain('evil');
  expect(setupTokenTerminal(CLAUDE, place('darwin', []))).toBeNull();
});

test('On Windows a path that its shell would read is typed by the user instead.', () => {
  const exe = 'C:\\Users\\p\\AppData\\Roaming\\npm\\claude.exe';
  expect(setupTokenTerminal(exe, place('win32', ['cmd.exe', 'wt.exe']))).toEqual({
    file: '/usr/bin/wt.exe',
    args: ['new-tab', '--', '/usr/bin/cmd.exe', '/k', exe, 'setup-token'],
  });
  expect(setupTokenTerminal(exe, place('win32', ['cmd.exe']))).toEqual({
    file: '/usr/bin/cmd.exe',
    args: ['/c', 'start', '', '/usr/bin/cmd.exe', '/k', exe, 'setup-token'],
  });
  for (const character of '%!^&|<>";')
    expect(
      setupTokenTerminal(`C:\\a${character}b\\claude.exe`, place('win32', ['cmd.exe', 'wt.exe'])),
    ).toBeNull();
});

test('No line end gets into a command.', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const)
    expect(
      setupTokenTerminal('/opt/a\nb', place(platform, ['sh', 'xterm', 'osascript', 'cmd.exe'])),
    ).toBeNull();
});

test('Whatever the path is called, the shell runs that program with that one word, and nothing else.', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'credence-test-terminal-'));
  try {
    const log = path.join(folder, 'log');
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...Array.from('ab $`"\'\\;|&()<>*?[]{}#~!=-\u00e9')),
          minLength: 1,
          maxLength: 20,
        }),
        (name) => {
          fc.pre(!['.', '..'].includes(name.trim()));
          const odd = path.join(folder, `${name}.d`);
          mkdirSync(odd, { recursive: true });
          const program = path.join(odd, 'claude');
          writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$0" "$#" "$1" > '${log}'\n`);
          chmodSync(program, 0o755);
          const words = setupTokenTerminal(program, {
            ...place('linux', ['xterm']),
            find: (one) => (one === 'sh' ? '/bin/sh' : one === 'xterm' ? '/usr/bin/xterm' : null),
          });
          const [, shell = '', ...args] = words?.args ?? [];
          const ran = spawnSync(shell, args, { input: '\n', cwd: folder, env: {} });
          expect(ran.status).toBe(0);
          expect(readFileSync(log, 'utf8')).toBe(`${program}\n1\nsetup-token\n`);
          rmSync(log);
        },
      ),
      { numRuns: 60 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
