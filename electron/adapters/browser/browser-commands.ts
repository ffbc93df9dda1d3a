import type { Environment } from '../../../shared/ports/environment.ts';

/** A program and its arguments; the program is a name that is looked for, or an absolute path. */
export type BrowserCommand = readonly [program: string, ...args: readonly string[]];

/**
 * What opens an address in the user’s browser, in the order in which to try it; empty: no browser would be where the user is.
 *
 * `BROWSER` decides alone where it is set, as with xdg-open: programs with `:` between them, each with its arguments, and `%s` where
 * the address goes. Editors that are connected to another machine set it to what opens a browser there.
 */
export function browserCommands(
  { platform, variables }: Pick<Environment, 'platform' | 'variables'>,
  url: string,
): readonly BrowserCommand[] {
  if (platform === 'win32') {
    const windows = variables['SystemRoot'] ?? variables['SYSTEMROOT'] ?? 'C:\\Windows';
    return isOverSsh(variables) ? [] : [[`${windows}\\System32\\rundll32.exe`, HANDLER, url]];
  }
  const named = variables['BROWSER'] ?? '';
  if (named.trim() !== '') return namedBrowsers(named, url);
  if (platform === 'darwin') return isOverSsh(variables) ? [] : [['/usr/bin/open', url]];
  const opener: BrowserCommand[] = hasDisplay(variables) ? [['xdg-open', url]] : [];
  if (!isInWindows(variables)) return opener;
  return [['wslview', url], ['/mnt/c/Windows/System32/rundll32.exe', HANDLER, url], ...opener];
}

/** Takes one argument, which no shell has looked at; `start` would be `cmd`’s. */
const HANDLER = 'url.dll,FileProtocolHandler';

function namedBrowsers(named: string, url: string): readonly BrowserCommand[] {
  return named.split(':').flatMap((entry): readonly BrowserCommand[] => {
    const [program, ...args] = entry.split(/\s+/).filter((word) => word !== '');
    if (program === undefined) return [];
    const filled = args.map((word) => word.replaceAll('%s', () => url));
    return [[program, ...(args.some((word) => word.includes('%s')) ? filled : [...args, url])]];
  });
}

type Variables = Environment['variables'];

const isSet = (variables: Variables, name: string): boolean => (variables[name] ?? '') !== '';

function isOverSsh(variables: Variables): boolean {
  return ['SSH_CONNECTION', 'SSH_CLIENT', 'SSH_TTY'].some((name) => isSet(variables, name));
}

/** WSL: a Linux whose browser is that of the Windows around it. */
export function isInWindows(variables: Variables): boolean {
  return isSet(variables, 'WSL_DISTRO_NAME') || isSet(variables, 'WSL_INTEROP');
}

/** Over SSH only one that leads back to where the user sits (`host:10.0`); any other is in front of this machine. */
function hasDisplay(variables: Variables): boolean {
  if (isOverSsh(variables)) return /^[^:/]/.test(variables['DISPLAY'] ?? '');
  return isSet(variables, 'DISPLAY') || isSet(variables, 'WAYLAND_DISPLAY');
}
