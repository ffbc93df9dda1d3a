import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { displaysOf, hasDisplay } from './display.mjs';

test.each([
  ['nothing', {}, []],
  ['an empty DISPLAY', { DISPLAY: '' }, []],
  ['something that is no display', { DISPLAY: 'yes' }, []],
  ['a display of X', { DISPLAY: ':1.0' }, [{ path: '/tmp/.X11-unix/X1' }, { path: '\0/tmp/.X11-unix/X1' }]],
  ['a display over ssh', { DISPLAY: 'localhost:10.0' }, [{ host: 'localhost', port: 6010 }]],
  [
    'Wayland by name',
    { WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/user/1' },
    [{ path: '/run/user/1/wayland-0' }],
  ],
  ['Wayland by path', { WAYLAND_DISPLAY: '/run/w' }, [{ path: '/run/w' }]],
  ['Wayland by name and nowhere to look for it', { WAYLAND_DISPLAY: 'wayland-0' }, []],
])('Of %s the places to knock at are known.', (_, environment, places) => {
  expect(displaysOf(environment)).toEqual(places);
});

test('A display is there when somebody listens, not when a variable says so.', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'credence-display-'));
  const environment = { WAYLAND_DISPLAY: path.join(folder, 'w') };
  expect(await hasDisplay(environment, 'linux')).toBe(false);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(environment.WAYLAND_DISPLAY, resolve));
  expect(await hasDisplay(environment, 'linux')).toBe(true);
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('Other systems always have one.', async () => {
  expect(await hasDisplay({}, 'darwin')).toBe(true);
});
