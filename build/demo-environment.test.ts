import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeDemo } from './demo-environment.mjs';

const home = mkdtempSync(path.join(tmpdir(), 'credence-demo-test-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const REAL = {
  PATH: '/usr/bin',
  HOME: '/home/real',
  DISPLAY: ':0',
  WAYLAND_DISPLAY: 'wayland-0',
  XDG_RUNTIME_DIR: '/run/user/7',
  XDG_CONFIG_HOME: '/home/real/.config',
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/7/bus',
  ANTHROPIC_API_KEY: 'of the real person',
};
const { shell, desktop } = makeDemo(home, REAL, 'linux');

test('Every folder that a program asks for lies in the made-up home.', () => {
  for (const environment of [shell, desktop]) {
    for (const name of ['HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME']) {
      expect(environment[name]).toMatch(new RegExp(`^${home}(/|$)`));
    }
  }
});

test('The real person’s variables stay out, and the session is not asked.', () => {
  expect(shell['ANTHROPIC_API_KEY']).toContain('MADE-UP');
  expect(desktop).not.toHaveProperty('ANTHROPIC_API_KEY');
  expect(desktop).not.toHaveProperty('DBUS_SESSION_BUS_ADDRESS');
  expect(desktop).not.toHaveProperty('XDG_RUNTIME_DIR');
});

test('The display is still found from there.', () => {
  expect(desktop).toMatchObject({
    DISPLAY: ':0',
    WAYLAND_DISPLAY: '/run/user/7/wayland-0',
    XAUTHORITY: '/home/real/.Xauthority',
  });
  expect(shell).not.toHaveProperty('DISPLAY');
});
