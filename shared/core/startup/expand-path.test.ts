import { expect, test } from 'vitest';
import { expandPath } from './expand-path.ts';

const surroundings = { home: '/home/u', zdotdir: '/z', xdgConfigHome: null };

test.each([
  ['~/x', '/home/u/x'],
  ['~', '/home/u'],
  ['$HOME/x', '/home/u/x'],
  ['${HOME}/x', '/home/u/x'],
  ['$ZDOTDIR/x', '/z/x'],
  ['${ZDOTDIR:-$HOME}/x', '/z/x'],
  ['${XDG_CONFIG_HOME:-$HOME/.config}/x', '/home/u/.config/x'],
  ['${XDG_CONFIG_HOME:-~/.config}/x', '/home/u/.config/x'],
  ['$__fish_config_dir/x', '/home/u/.config/fish/x'],
  ['/etc/x', '/etc/x'],
  ['./x', './x'],
  ['x', 'x'],
  ['$XDG_CONFIG_HOME/x', null],
  ['~other/x', null],
  ['$HOMER/x', null],
  ['$HOME/$x', null],
  ['a$HOME', null],
  ['$PSScriptRoot/x', null],
])('%s means %s', (path, expanded) => {
  expect(expandPath(path, surroundings)).toBe(expanded);
});

test('a variable that is set comes before its default, an empty one does not', () => {
  expect(expandPath('$XDG_CONFIG_HOME/x', { ...surroundings, xdgConfigHome: '/c' })).toBe('/c/x');
  expect(expandPath('${XDG_CONFIG_HOME:-/d}/x', { ...surroundings, xdgConfigHome: '' })).toBe('/d/x');
  expect(expandPath('$__fish_config_dir/x', { ...surroundings, xdgConfigHome: '/c' })).toBe('/c/fish/x');
  expect(expandPath('$PSScriptRoot\\x', { ...surroundings, scriptFolder: 'C:\\p' })).toBe('C:\\p\\x');
});
