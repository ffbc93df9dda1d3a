/** Where no browser can come back, the person types a code on any machine. */
import { describe, expect, test } from 'vitest';
import { signInLabs } from '../provider/sign-in-lab.ts';
import { flat } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';

describe.runIf(onLinux)('Signing in to a real provider with gnome-keyring', () => {
  const at = signInLabs();

  test('signs in by a code on another machine.', async () => {
    const command = at().login('--device');
    const [, code = ''] = await command.says(/type this code:\s+(\S+)/);
    expect(command.said()).toContain(`${at().lab.issuer}/device`);
    expect(flat(command.said())).toMatch(/The code is good for \d+ (?:minutes|seconds)\./);
    // Who asked for a code need not be told why.
    expect(command.said()).not.toContain('No browser');
    await at().lab.approveDevice(code);
    expect(await command.ended).toMatchObject({ exitCode: 0 });
    expect((await at().token()).exitCode).toBe(0);
  });

  test('chooses the code by itself where no browser could come back.', async () => {
    at().configure({ deviceFlow: true });
    const variables = { SSH_CONNECTION: '192.0.2.1 5 192.0.2.2 22', DISPLAY: ':99' };
    const command = at().start(['login', '--provider', 'lab'], variables);
    await command.says(/type this code/);
    expect(command.said()).toMatch(/^No browser that is known here could come back/);
    command.signal('SIGINT');
    expect(await command.ended).toMatchObject({ exitCode: 130 });
  });
});
