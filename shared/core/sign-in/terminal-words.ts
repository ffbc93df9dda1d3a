import type { Platform } from '../known-folders.ts';

/** A program with its words, to be started without a shell of ours. */
export interface TerminalWords {
  /** Absolute. */
  readonly file: string;
  readonly args: readonly string[];
}

/** What is known of where a terminal could be opened. */
export interface TerminalPlace {
  readonly platform: Platform;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Finds a program on the search path; `null`: it is not there. */
  readonly find: (name: string) => string | null;
}

/**
 * Keeps the window open until somebody has read it: the token is shown once and saved nowhere. The program and the sentence are
 * arguments of the script, not parts of it.
 */
const STAYS_OPEN = '"$1" setup-token; printf "\\n%s" "$2"; read -r _';
const SENTENCE = 'Press Enter to close this window. The token is not shown again.';

/** How each takes a program with its arguments (documented in their manuals). */
const LINUX: readonly (readonly [name: string, before: readonly string[]])[] = [
  ['x-terminal-emulator', ['-e']],
  ['gnome-terminal', ['--']],
  ['ptyxis', ['--']],
  ['kgx', ['--']],
  ['konsole', ['-e']],
  ['xfce4-terminal', ['-x']],
  ['mate-terminal', ['-x']],
  ['tilix', ['-e']],
  ['kitty', []],
  ['alacritty', ['-e']],
  ['foot', []],
  ['wezterm', ['start', '--']],
  ['xterm', ['-e']],
];

/** AppleScript quotes the path for the shell by itself. */
const APPLE_SCRIPT = [
  'on run words',
  'tell application "Terminal"',
  'activate',
  'do script (quoted form of item 1 of words) & " setup-token"',
  'end tell',
  'end run',
].flatMap((line) => ['-e', line]);

/**
 * How `claude setup-token` is opened in the user’s own terminal program. `null`: there is none to open, or the path cannot be
 * handed over as it is; then the user types it.
 *
 * @param program absolute path of `claude`
 */
export function setupTokenTerminal(program: string, place: TerminalPlace): TerminalWords | null {
  // A line end ends a command everywhere, and no real path has one.
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  if (/[\u0000-\u001f\u007f]/.test(program)) return null;
  switch (place.platform) {
    case 'linux':
      return linuxTerminal(program, place);
    case 'darwin': {
      const file = place.find('osascript');
      return file === null ? null : { file, args: [...APPLE_SCRIPT, program] };
    }
    case 'win32':
      return windowsTerminal(program, place);
  }
}

function linuxTerminal(program: string, { variables, find }: TerminalPlace): TerminalWords | null {
  const isDesktop = [variables['DISPLAY'], variables['WAYLAND_DISPLAY']].some((name) => (name ?? '') !== '');
  const shell = find('sh');
  if (!isDesktop || shell === null) return null;
  const command = [shell, '-c', STAYS_OPEN, 'sh', program, SENTENCE];
  // Only a program’s name: with words of its own nobody knows where ours would go.
  const own = variables['TERMINAL'] ?? '';
  const known = LINUX.find(([name]) => name === own.slice(own.lastIndexOf('/') + 1));
  const preferred = /^[A-Za-z0-9._/+-]+$/.test(own) && !own.startsWith('-') ? find(own) : null;
  if (preferred !== null) return { file: preferred, args: [...(known?.[1] ?? ['-e']), ...command] };
  for (const [name, before] of LINUX) {
    const file = find(name);
    if (file !== null) return { file, args: [...before, ...command] };
  }
  return null;
}

/** What the console’s own shell reads in a path, between quotes too; and `;`, which divides the words of Windows Terminal. */
const READ_BY_SHELL = /[%!^&|<>";]/;

function windowsTerminal(program: string, { find }: TerminalPlace): TerminalWords | null {
  if (READ_BY_SHELL.test(program)) return null;
  const terminal = find('wt.exe');
  const shell = find('cmd.exe');
  if (shell === null) return null;
  // `/k` leaves the window open. The outer quotes are those that `cmd` takes away.
  const command = [shell, '/k', program, 'setup-token'];
  return terminal === null
    ? { file: shell, args: ['/c', 'start', '', ...command] }
    : { file: terminal, args: ['new-tab', '--', ...command] };
}
