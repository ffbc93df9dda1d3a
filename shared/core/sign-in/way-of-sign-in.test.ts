import { describe, expect, test } from 'vitest';
import { wayOfSignIn } from './way-of-sign-in.ts';

describe('A sign-in is begun by a code where the provider has codes, and', () => {
  const desktop = { DISPLAY: ':0' };
  const ssh = { SSH_CONNECTION: '192.0.2.1 5 192.0.2.2 22' };
  test.each([
    ['not on a desktop', {}, desktop, 'browser'],
    ['not on macOS', { platform: 'darwin' }, {}, 'browser'],
    ['not on Windows', { platform: 'win32' }, {}, 'browser'],
    ['not where a browser is named', {}, { BROWSER: 'firefox' }, 'browser'],
    ['on Linux without a display', {}, {}, 'device'],
    ['over SSH', {}, ssh, 'device'],
    ['over SSH with a display', {}, { ...ssh, ...desktop }, 'device'],
    ['over SSH to macOS', { platform: 'darwin' }, ssh, 'device'],
    ['in WSL', {}, { WSL_DISTRO_NAME: 'Debian', ...desktop }, 'device'],
    ['in a container', { insideContainer: true }, desktop, 'device'],
    ['not because of variables that are empty', {}, { SSH_CONNECTION: '', DISPLAY: ':0' }, 'browser'],
  ] as const)('%s', (_, more, variables, withDevice) => {
    const here = { platform: 'linux' as const, insideContainer: false, ...more, variables };
    expect(wayOfSignIn(here, { deviceFlow: true })).toBe(withDevice);
    // Without codes the browser is tried everywhere: the address can be opened elsewhere, and what it leads to be pasted.
    expect(wayOfSignIn(here, { deviceFlow: false })).toBe('browser');
  });
});
