import { joinPath, type PathStyle } from '../paths.ts';

/** `pwsh` is PowerShell 7, `powershell` is Windows PowerShell 5. */
export type ShellName = 'sh' | 'bash' | 'zsh' | 'fish' | 'pwsh' | 'powershell';

/** How a shell is started; people sit at the first two. A script is started by another program. */
export type StartupKind = 'login' | 'interactive' | 'script';

/** How a start-up file is to be read. */
export type StartupSyntax = 'bash' | 'zsh' | 'fish' | 'fish-variables' | 'powershell';

/** One step of a shell's start. A file that is not there is passed over. */
export type StartupEntry =
  | { readonly kind: 'file'; readonly path: string; readonly syntax: StartupSyntax }
  /** Only the first that can be read is. */
  | { readonly kind: 'firstOf'; readonly paths: readonly string[]; readonly syntax: StartupSyntax }
  /**
   * All files with that ending in all the folders, in the order of their names; of several with the same name only the
   * one in the earliest folder.
   */
  | {
      readonly kind: 'folders';
      readonly paths: readonly string[];
      readonly ending: string;
      readonly syntax: StartupSyntax;
    };

export interface StartupSurroundings {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly home: string;
  /** Null where the variable is not set. */
  readonly zdotdir: string | null;
  readonly xdgConfigHome: string | null;
  /** `BASH_ENV`, read by scripts. */
  readonly bashEnv: string | null;
  /** `ENV`, read by interactive shells called sh. */
  readonly env: string | null;
  /** Windows: the known folder Documents, which may be redirected. */
  readonly documents: string | null;
  /** Where PowerShell is installed (`$PSHOME`), if known. */
  readonly powershellHome: string | null;
}

/**
 * The files that a shell reads when it starts, in order.
 *
 * A `.zshenv` often sets `ZDOTDIR`, after which zsh reads its other files from there: ask again with the new value; the
 * entries stay the same in number and order.
 *
 * Sources: bash(1), the zsh manual, fish's "Configuration files", PowerShell's about_Profiles; Debian's places beside
 * the usual ones.
 */
export function startupFiles(
  shell: ShellName,
  kind: StartupKind,
  surroundings: StartupSurroundings,
): readonly StartupEntry[] {
  switch (shell) {
    case 'sh':
      return shFiles(kind, surroundings);
    case 'bash':
      return bashFiles(kind, surroundings);
    case 'zsh':
      return zshFiles(kind, surroundings);
    case 'fish':
      return fishFiles(surroundings);
    case 'pwsh':
    case 'powershell':
      return powershellFiles(shell, surroundings);
  }
}

function shFiles(kind: StartupKind, { platform, home, env }: StartupSurroundings): readonly StartupEntry[] {
  const entries: StartupEntry[] = [];
  if (kind === 'login') {
    entries.push(file('/etc/profile', 'bash'), file(joinPath(styleOf(platform), home, '.profile'), 'bash'));
  }
  if (kind !== 'script' && env !== null && env !== '') entries.push(file(env, 'bash'));
  return entries;
}

function bashFiles(
  kind: StartupKind,
  { platform, home, bashEnv }: StartupSurroundings,
): readonly StartupEntry[] {
  const inHome = (name: string): string => joinPath(styleOf(platform), home, name);
  // Git's bash has an /etc of its own, which is not a path of Windows.
  const system = (path: string): readonly StartupEntry[] =>
    platform === 'win32' ? [] : [file(path, 'bash')];
  switch (kind) {
    case 'login':
      return [
        ...system('/etc/profile'),
        {
          kind: 'firstOf',
          paths: [inHome('.bash_profile'), inHome('.bash_login'), inHome('.profile')],
          syntax: 'bash',
        },
      ];
    case 'interactive':
      return [...(platform === 'linux' ? system('/etc/bash.bashrc') : []), file(inHome('.bashrc'), 'bash')];
    case 'script':
      return bashEnv === null || bashEnv === '' ? [] : [file(bashEnv, 'bash')];
  }
}

function zshFiles(
  kind: StartupKind,
  { platform, home, zdotdir }: StartupSurroundings,
): readonly StartupEntry[] {
  const folder = zdotdir === null || zdotdir === '' ? home : zdotdir;
  const both = (name: string): readonly StartupEntry[] => [
    { kind: 'firstOf', paths: [`/etc/zsh/${name}`, `/etc/${name}`], syntax: 'zsh' },
    file(joinPath(styleOf(platform), folder, `.${name}`), 'zsh'),
  ];
  return [
    ...both('zshenv'),
    ...(kind === 'login' ? both('zprofile') : []),
    ...(kind === 'script' ? [] : both('zshrc')),
    ...(kind === 'login' ? both('zlogin') : []),
  ];
}

/** Every fish reads all of them. */
function fishFiles({ platform, home, xdgConfigHome }: StartupSurroundings): readonly StartupEntry[] {
  const style = styleOf(platform);
  const folder = joinPath(style, configFolder(style, home, xdgConfigHome), 'fish');
  return [
    // Variables that are set in the files hide those.
    file(joinPath(style, folder, 'fish_variables'), 'fish-variables'),
    {
      kind: 'folders',
      paths: [joinPath(style, folder, 'conf.d'), '/etc/fish/conf.d', '/usr/share/fish/vendor_conf.d'],
      ending: '.fish',
      syntax: 'fish',
    },
    file('/etc/fish/config.fish', 'fish'),
    file(joinPath(style, folder, 'config.fish'), 'fish'),
  ];
}

function powershellFiles(
  shell: 'pwsh' | 'powershell',
  { platform, home, xdgConfigHome, documents, powershellHome }: StartupSurroundings,
): readonly StartupEntry[] {
  const style = styleOf(platform);
  const user =
    platform === 'win32'
      ? joinPath(
          style,
          documents ?? joinPath(style, home, 'Documents'),
          shell === 'pwsh' ? 'PowerShell' : 'WindowsPowerShell',
        )
      : joinPath(style, configFolder(style, home, xdgConfigHome), 'powershell');
  const folders = [powershellHome ?? usualPowershellHome(shell, platform), user];
  return folders.flatMap((folder) =>
    ['profile.ps1', 'Microsoft.PowerShell_profile.ps1'].map((name) =>
      file(joinPath(style, folder, name), 'powershell'),
    ),
  );
}

function usualPowershellHome(
  shell: 'pwsh' | 'powershell',
  platform: StartupSurroundings['platform'],
): string {
  if (shell === 'powershell') return 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0';
  switch (platform) {
    case 'win32':
      return 'C:\\Program Files\\PowerShell\\7';
    case 'darwin':
      return '/usr/local/microsoft/powershell/7';
    case 'linux':
      return '/opt/microsoft/powershell/7';
  }
}

function configFolder(style: PathStyle, home: string, xdgConfigHome: string | null): string {
  return xdgConfigHome === null || xdgConfigHome === '' ? joinPath(style, home, '.config') : xdgConfigHome;
}

function file(path: string, syntax: StartupSyntax): StartupEntry {
  return { kind: 'file', path, syntax };
}

function styleOf(platform: StartupSurroundings['platform']): PathStyle {
  return platform === 'win32' ? 'win32' : 'posix';
}
