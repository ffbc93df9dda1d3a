import type { Environment } from '../../../ports/environment.ts';

/** Claude Code gives its helper to `/bin/sh -c`, on Windows to `cmd /d /s /c` (documented; measured on Linux). */
export function helperCommand(words: readonly string[], platform: Environment['platform']): string {
  return words.map(platform === 'win32' ? quotedForCmd : quotedForSh).join(' ');
}

function quotedForSh(word: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * No file name of Windows has a quote in it. `cmd` looks for variables inside quotes too, and on a command line a per cent sign cannot
 * be doubled: outside of them, behind a caret, none of them begins a name that any variable has.
 */
function quotedForCmd(word: string): string {
  return /^[A-Za-z0-9_./:\\@+-]+$/.test(word) ? word : `"${word.replaceAll('%', '"^%"')}"`;
}
