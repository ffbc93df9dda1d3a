import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { keyringOfSystem } from '../../electron/adapters/keyring/keyring-of-system.ts';
import { nodeKeyringProcess } from '../../electron/adapters/keyring/start-keyring-process.ts';
import { onLinux } from '../support/on-system.ts';
import { DEADLINE, ITEM, KEY, keyringLab, MARK, PROCESS, timed } from './keyring-lab.ts';

const lab = keyringLab();
/** A name that nothing else on this machine has. */
const item = { service: ITEM.service, account: `key:KERNEL_${String(process.pid)}` };

describe.runIf(onLinux)('Without a session bus', () => {
  const places: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['no variable at all', {}],
    ['an empty one', { DBUS_SESSION_BUS_ADDRESS: '' }],
    ['a bus that would be started', { DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }],
    ['a socket that is not there', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }],
    ['nothing in the folder for sockets', { XDG_RUNTIME_DIR: '/nonexistent' }],
    ['a folder for sockets that is none', { XDG_RUNTIME_DIR: 'relative' }],
    ['nonsense', { DBUS_SESSION_BUS_ADDRESS: '\n;;=,unix:;unix:path' }],
  ];

  test.each(places)(
    'With %s the keychain is unreachable at once, and nothing is started.',
    async (_, variables) => {
      let started = 0;
      const keyring = keyringOfSystem({
        environment: { platform: 'linux', variables: { HOME: lab.base, ...variables }, userId: 0 },
        keychain: null,
        folder: null,
        start: () => {
          started += 1;
          throw new Error('started');
        },
      });
      const { answer, took } = await timed(() => keyring.set(item, KEY));
      expect(answer).toEqual({ state: 'unreachable' });
      expect(await keyring.get(item)).toEqual({ state: 'unreachable' });
      expect(await keyring.remove(item)).toEqual({ state: 'unreachable' });
      // Nothing was waited for.
      expect(took).toBeLessThan(DEADLINE);
      expect(started).toBe(0);
      expect(readFileSync('/proc/keys', 'utf8')).not.toContain(item.account);
    },
  );

  test('The process by itself reaches none either, and leaves nothing with the kernel.', async () => {
    const request = { operation: 'set', ...item, stored: MARK } as const;
    expect(await nodeKeyringProcess(PROCESS)(request, { HOME: lab.base }).reply).toEqual({
      state: 'unreachable',
    });
    // Where the package would keep it if it were let: under this name, until the next restart.
    expect(readFileSync('/proc/keys', 'utf8')).not.toContain(item.account);
  });
});
