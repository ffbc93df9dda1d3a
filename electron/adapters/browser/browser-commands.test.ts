import { describe, expect, test } from 'vitest';
import { browserCommands, type BrowserCommand } from './browser-commands.ts';

const URL = 'https://a.example/?a=%s&b=$&';
const DESKTOP = { DISPLAY: ':0' };
const SSH = { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' };
const HANDLED = ['url.dll,FileProtocolHandler', URL] as const;
const OF_WINDOWS = ['/mnt/c/Windows/System32/rundll32.exe', ...HANDLED] as const;

type Case = readonly [string, Readonly<Record<string, string>>, readonly BrowserCommand[]];

describe('On Linux', () => {
  test.each<Case>([
    ['a desktop has xdg-open', DESKTOP, [['xdg-open', URL]]],
    ['so has one of Wayland', { WAYLAND_DISPLAY: 'wayland-0' }, [['xdg-open', URL]]],
    ['without a display there is none', {}, []],
    ['nor with one that is empty', { DISPLAY: '', WAYLAND_DISPLAY: '' }, []],
    ['nor over SSH', SSH, []],
    [
      'nor where the display is in front of the other machine',
      { ...SSH, ...DESKTOP, WAYLAND_DISPLAY: 'a' },
      [],
    ],
    ['a display that leads back over SSH is one', { ...SSH, DISPLAY: 'localhost:10.0' }, [['xdg-open', URL]]],
    ['in WSL it is that of Windows', { WSL_DISTRO_NAME: 'a' }, [['wslview', URL], OF_WINDOWS]],
    [
      'in WSL with a display one of Linux is the last',
      { WSL_INTEROP: '/run/WSL/1', ...DESKTOP },
      [['wslview', URL], OF_WINDOWS, ['xdg-open', URL]],
    ],
    ['BROWSER decides alone', { ...DESKTOP, BROWSER: '/opt/a' }, [['/opt/a', URL]]],
    ['also over SSH', { ...SSH, BROWSER: '/opt/a' }, [['/opt/a', URL]]],
    ['also in WSL', { WSL_DISTRO_NAME: 'a', BROWSER: 'a' }, [['a', URL]]],
    ['also where it names none', { ...DESKTOP, BROWSER: ':' }, []],
    ['a blank one is none', { ...DESKTOP, BROWSER: '  ' }, [['xdg-open', URL]]],
    [
      'it may name several',
      { BROWSER: 'a:/opt/b c: :d' },
      [
        ['a', URL],
        ['/opt/b', 'c', URL],
        ['d', URL],
      ],
    ],
    [
      'it may say where the address goes',
      { BROWSER: "a  --app=%s\t-- 'b c:d %s %s" },
      [
        ['a', `--app=${URL}`, '--', "'b", 'c'],
        ['d', URL, URL],
      ],
    ],
  ])('%s.', (_, variables, expected) => {
    expect(browserCommands({ platform: 'linux', variables }, URL)).toEqual(expected);
  });
});

describe('On macOS', () => {
  test.each<Case>([
    ['it is open', {}, [['/usr/bin/open', URL]]],
    ['over SSH there is none', SSH, []],
    ['BROWSER decides alone', { BROWSER: 'a' }, [['a', URL]]],
  ])('%s.', (_, variables, expected) => {
    expect(browserCommands({ platform: 'darwin', variables }, URL)).toEqual(expected);
  });
});

describe('On Windows', () => {
  test.each<Case>([
    ['no shell sees it', {}, [['C:\\Windows\\System32\\rundll32.exe', ...HANDLED]]],
    ['Windows may be elsewhere', { SystemRoot: 'D:\\W' }, [['D:\\W\\System32\\rundll32.exe', ...HANDLED]]],
    ['over SSH there is none', SSH, []],
    [
      'a path in BROWSER is no list',
      { BROWSER: 'C:\\a.exe' },
      [['C:\\Windows\\System32\\rundll32.exe', ...HANDLED]],
    ],
  ])('%s.', (_, variables, expected) => {
    expect(browserCommands({ platform: 'win32', variables }, URL)).toEqual(expected);
  });
});
