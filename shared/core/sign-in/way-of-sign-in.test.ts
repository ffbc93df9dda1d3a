import { describe, expect, test } from 'vitest';
import { wayOfSignIn } from './way-of-sign-in.ts';

describe('How a sign-in is begun', () => {
  const desktop = { DISPLAY: ':0' };
  const ssh = { SSH_CONNECTION: '192.0.2.1 5 192.0.2.2 22' };
  test.each([
    ['on a desktop', {}, desktop, 'browser', 'browser'],
    ['on macOS', { platform: 'darwin' }, {}, 'browser', 'browser'],
    ['on Windows', { platform: 'win32' }, {}, 'browser', 'browser'],
    ['on Linux without a display', {}, {}, 'address-only', 'device'],
    ['over SSH', {}, ssh, 'address-only', 'device'],
    ['over SSH with a display', {}, { ...ssh, ...desktop }, 'address-only', 'device'],
    [
      'over SSH from an editor that opens pages there',
      {},
      { ...ssh, BROWSER: '/x/browser.sh' },
      'browser',
      'device',
    ],
    ['over SSH to macOS', { platform: 'darwin' }, ssh, 'address-only', 'device'],
    ['in WSL', {}, { WSL_DISTRO_NAME: 'Debian', ...desktop }, 'address-only', 'device'],
    ['in a container', { insideContainer: true }, desktop, 'address-only', 'device'],
    ['with variables that are empty', {}, { SSH_CONNECTION: '', DISPLAY: ':0' }, 'browser', 'browser'],
  ] as const)('%s', (_, more, variables, without, withDevice) => {
    const here = { platform: 'linux' as const, insideContainer: false, ...more, variables };
    expect(wayOfSignIn(here, { deviceFlow: false })).toBe(without);
    expect(wayOfSignIn(here, { deviceFlow: true })).toBe(withDevice);
  });
});
