import { describe, expect, test } from 'vitest';
import { lengthOf } from './printable.ts';
import { shortPath } from './short-path.ts';

const linux = { platform: 'linux', home: '/home/p' } as const;
const windows = { platform: 'win32', home: 'C:\\Users\\p' } as const;

describe('The home folder is written as ~:', () => {
  test.each([
    ['/home/p', linux, '~'],
    ['/home/p/.zshrc', linux, '~/.zshrc'],
    ['/home/peter/.zshrc', linux, '/home/peter/.zshrc'],
    ['/etc/environment', linux, '/etc/environment'],
    ['c:\\users\\P\\.claude\\settings.json', windows, '~\\.claude\\settings.json'],
    ['D:\\work\\x.json', windows, 'D:\\work\\x.json'],
    ['/home/p/x', { platform: 'linux', home: '/home/p/' } as const, '~/x'],
    ['/home/p/x', { platform: 'linux', home: null } as const, '/home/p/x'],
    ['/x', { platform: 'linux', home: '/' } as const, '/x'],
  ] as const)('%s', (path, place, shown) => {
    expect(shortPath(path, place)).toBe(shown);
  });
});

describe('A path that is too long keeps its first folder and its end; whole folders go in the middle:', () => {
  test.each([
    [
      '/home/p/clients/acme/2026/north/payments/.claude/settings.local.json',
      49,
      '~/clients/…/payments/.claude/settings.local.json',
    ],
    ['/home/p/clients/acme/payments/.claude/settings.local.json', 30, '~/…/settings.local.json'],
    ['/srv/projects/one/two/three/file.txt', 28, '/srv/…/two/three/file.txt'],
    ['/home/p/a/b/settings.local.json', 20, '~/…/settings…al.json'],
    ['C:\\Users\\p\\clients\\acme\\payments\\settings.json', 30, '~\\clients\\…\\settings.json'],
  ] as const)('%s in %i characters', (path, max, shown) => {
    const place = path.startsWith('C:') ? windows : linux;
    expect(shortPath(path, place, max)).toBe(shown);
    expect(lengthOf(shown)).toBeLessThanOrEqual(max);
  });

  test('a folder name of 4,096 characters does not push the file away', () => {
    const shown = shortPath(`/home/p/${'long'.repeat(1024)}/app/settings.json`, linux);
    expect(shown).toBe('~/…/app/settings.json');
  });
});

test('What a folder’s name could do to the terminal is taken out.', () => {
  expect(shortPath('/home/p/a\u001b[2J\u202eb/x', linux)).toBe('~/a\ufffd[2J\ufffdb/x');
});
