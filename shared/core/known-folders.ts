import { joinPath, type PathStyle } from './paths.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export type Platform = 'linux' | 'darwin' | 'win32';

export function pathStyle(platform: Platform): PathStyle {
  return platform === 'win32' ? 'win32' : 'posix';
}

/** Where an administrator puts Claude Code's managed settings (documented). */
export function managedFolder(platform: Platform): string {
  switch (platform) {
    case 'linux':
      return '/etc/claude-code';
    case 'darwin':
      return '/Library/Application Support/ClaudeCode';
    case 'win32':
      return 'C:\\Program Files\\ClaudeCode';
  }
}

/**
 * Where an administrator puts Credence’s own settings: like Claude Code’s, in a folder that the system lets administrators alone
 * write into. `%ProgramData%` is not one: there every user may make a folder that is not there yet.
 */
export function ownManagedFolder(platform: Platform): string {
  switch (platform) {
    case 'linux':
      return '/etc/credence';
    case 'darwin':
      return '/Library/Application Support/Credence';
    case 'win32':
      return 'C:\\Program Files\\Credence';
  }
}

/** Credence’s own folder, as a person finds it; what writes there looks closer. */
export function ownFolder(platform: Platform, variables: Variables, home: string): string {
  const style = pathStyle(platform);
  switch (platform) {
    case 'linux': {
      const named = nonEmpty(variables['XDG_CONFIG_HOME']);
      // Relative paths in it are to be passed over (XDG base directory specification).
      const base = named?.startsWith('/') === true ? named : joinPath(style, home, '.config');
      return joinPath(style, base, 'credence');
    }
    case 'darwin':
      return joinPath(style, home, 'Library/Application Support/Credence');
    case 'win32':
      return joinPath(style, userConfigFolder(platform, variables, home), 'Credence');
  }
}

/** The folder of programs' settings: `XDG_CONFIG_HOME`, on Windows `APPDATA`. */
export function userConfigFolder(platform: Platform, variables: Variables, home: string): string {
  const style = pathStyle(platform);
  if (platform === 'win32')
    return nonEmpty(variables['APPDATA']) ?? joinPath(style, home, 'AppData\\Roaming');
  return nonEmpty(variables['XDG_CONFIG_HOME']) ?? joinPath(style, home, '.config');
}

/** Where Anthropic profiles live: not under Application Support, also on macOS (documented). */
export function profileFolder(platform: Platform, variables: Variables, home: string): string {
  const style = pathStyle(platform);
  return joinPath(
    style,
    userConfigFolder(platform, variables, home),
    platform === 'win32' ? 'Anthropic' : 'anthropic',
  );
}

/** VS Code's and its relatives' user folders, best known first. */
export function editorFolders(platform: Platform, variables: Variables, home: string): readonly string[] {
  const style = pathStyle(platform);
  const base =
    platform === 'darwin'
      ? joinPath(style, home, 'Library/Application Support')
      : userConfigFolder(platform, variables, home);
  return EDITORS.map((name) => joinPath(style, base, `${name}/User`));
}

const EDITORS = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf'] as const;

function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
