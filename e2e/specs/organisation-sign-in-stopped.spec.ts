/** A sign-in that is given up, and a second one beside the first. */
import { constants } from 'node:os';
import { describe, expect, test } from 'vitest';
import { ADDRESS, isListening, portOf, signInLabs } from '../provider/sign-in-lab.ts';
import { publishedAnswer } from '../schema/published-answer.ts';
import { onLinux } from '../support/on-system.ts';

describe.runIf(onLinux)('Signing in to a real provider with gnome-keyring', () => {
  const at = signInLabs();

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops at %s, frees the port and keeps nothing.',
    async (signal) => {
      const command = at().login('--no-browser', '--json');
      const [address] = await command.says(ADDRESS);
      command.signal(signal);
      expect(await command.ended).toEqual({ exitCode: 128 + constants.signals[signal], signal: null });
      expect(publishedAnswer('login', command.stdout())).toMatchObject({
        outcome: 'cancelled',
        failure: null,
      });
      expect(await isListening(portOf(address))).toBe(false);
      expect(at().lab.counts().token).toBe(0);
    },
  );

  test('stops at Ctrl+C in a terminal.', async () => {
    const command = at().inTerminal('--no-browser');
    await command.says(ADDRESS);
    command.write('\u0003');
    await command.says(/was cancelled/);
    expect(await command.ended).toMatchObject({ exitCode: 130 });
  });

  test('lets no second one begin, until the first is over, however it ends.', async () => {
    const first = at().login('--no-browser');
    await first.says(ADDRESS);
    const second = at().login('--no-browser', '--json');
    expect(await second.ended).toMatchObject({ exitCode: 1 });
    expect(publishedAnswer('login', second.stdout())).toMatchObject({
      failure: { code: 'already-under-way' },
    });
    first.signal('SIGKILL');
    await first.ended;
    await at().signedIn();
  });
});
