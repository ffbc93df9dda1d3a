import { expect, test } from 'vitest';
import { startupFiles, type ShellName, type StartupKind, type StartupSurroundings } from './startup-files.ts';

const linux: StartupSurroundings = {
  platform: 'linux',
  home: '/home/u',
  zdotdir: null,
  xdgConfigHome: null,
  bashEnv: null,
  env: null,
  documents: null,
  powershellHome: null,
};

/** One text for each entry, alternatives with `|`. */
function paths(
  shell: ShellName,
  kind: StartupKind,
  surroundings: Partial<StartupSurroundings> = {},
): readonly string[] {
  return startupFiles(shell, kind, { ...linux, ...surroundings }).map((entry) =>
    entry.kind === 'file' ? entry.path : entry.paths.join(entry.kind === 'firstOf' ? ' | ' : ' + '),
  );
}

test.each<[string, ShellName, StartupKind, Partial<StartupSurroundings>, readonly string[]]>([
  [
    'a login bash',
    'bash',
    'login',
    {},
    ['/etc/profile', '/home/u/.bash_profile | /home/u/.bash_login | /home/u/.profile'],
  ],
  ['an interactive bash', 'bash', 'interactive', {}, ['/etc/bash.bashrc', '/home/u/.bashrc']],
  ['an interactive bash of macOS', 'bash', 'interactive', { platform: 'darwin' }, ['/home/u/.bashrc']],
  [
    "Git's bash",
    'bash',
    'interactive',
    { platform: 'win32', home: 'C:\\Users\\u' },
    ['C:\\Users\\u\\.bashrc'],
  ],
  ['a script of bash', 'bash', 'script', {}, []],
  ['a script of bash with BASH_ENV', 'bash', 'script', { bashEnv: '/x' }, ['/x']],
  ['a login sh', 'sh', 'login', { env: '/x' }, ['/etc/profile', '/home/u/.profile', '/x']],
  ['a script of sh', 'sh', 'script', { env: '/x' }, []],
  [
    'a login zsh',
    'zsh',
    'login',
    {},
    [
      '/etc/zsh/zshenv | /etc/zshenv',
      '/home/u/.zshenv',
      '/etc/zsh/zprofile | /etc/zprofile',
      '/home/u/.zprofile',
      '/etc/zsh/zshrc | /etc/zshrc',
      '/home/u/.zshrc',
      '/etc/zsh/zlogin | /etc/zlogin',
      '/home/u/.zlogin',
    ],
  ],
  [
    'an interactive zsh with ZDOTDIR',
    'zsh',
    'interactive',
    { zdotdir: '/z' },
    ['/etc/zsh/zshenv | /etc/zshenv', '/z/.zshenv', '/etc/zsh/zshrc | /etc/zshrc', '/z/.zshrc'],
  ],
  ['a script of zsh', 'zsh', 'script', {}, ['/etc/zsh/zshenv | /etc/zshenv', '/home/u/.zshenv']],
  [
    'any fish',
    'fish',
    'script',
    { xdgConfigHome: '/c' },
    [
      '/c/fish/fish_variables',
      '/c/fish/conf.d + /etc/fish/conf.d + /usr/share/fish/vendor_conf.d',
      '/etc/fish/config.fish',
      '/c/fish/config.fish',
    ],
  ],
  [
    'PowerShell 7 on Linux',
    'pwsh',
    'interactive',
    {},
    [
      '/opt/microsoft/powershell/7/profile.ps1',
      '/opt/microsoft/powershell/7/Microsoft.PowerShell_profile.ps1',
      '/home/u/.config/powershell/profile.ps1',
      '/home/u/.config/powershell/Microsoft.PowerShell_profile.ps1',
    ],
  ],
  [
    'Windows PowerShell with documents elsewhere',
    'powershell',
    'interactive',
    { platform: 'win32', home: 'C:\\Users\\u', documents: 'D:\\Docs', powershellHome: 'C:\\PS' },
    [
      'C:\\PS\\profile.ps1',
      'C:\\PS\\Microsoft.PowerShell_profile.ps1',
      'D:\\Docs\\WindowsPowerShell\\profile.ps1',
      'D:\\Docs\\WindowsPowerShell\\Microsoft.PowerShell_profile.ps1',
    ],
  ],
])('%s reads its files in order', (_, shell, kind, surroundings, expected) => {
  expect(paths(shell, kind, surroundings)).toEqual(expected);
});

test('ZDOTDIR changes the places and not the number of the entries', () => {
  for (const kind of ['login', 'interactive', 'script'] as const) {
    expect(paths('zsh', kind, { zdotdir: '/z' })).toHaveLength(paths('zsh', kind).length);
  }
});
