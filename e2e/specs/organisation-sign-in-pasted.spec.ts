/** A browser on another machine cannot come back: the address at which it stopped is pasted. */
import { describe, expect, test } from 'vitest';
import { ADDRESS, portOf, signInLabs } from '../provider/sign-in-lab.ts';
import { onLinux } from '../support/on-system.ts';

describe.runIf(onLinux)('Signing in to a real provider with gnome-keyring', () => {
  const at = signInLabs();

  test('takes the address at which a browser stopped, from a pipe.', async () => {
    const command = at().login('--no-browser');
    const [address] = await command.says(ADDRESS);
    command.write('what is this?\n');
    await command.says(/That is no such address/);
    command.write(`http://127.0.0.1:${String(portOf(address))}/callback?code=x&state=other\n`);
    await command.says(/belongs to another sign-in/);
    const callback = await at().lab.signIn(address);
    command.write(`  <${callback}>\r\n`);
    expect(await command.ended).toMatchObject({ exitCode: 0 });
    expect((await at().token()).exitCode).toBe(0);
  });

  test('takes a paste in a terminal without showing it, and gives the terminal back.', async () => {
    const command = at().inTerminal('--no-browser');
    const [address] = await command.says(ADDRESS);
    await command.says(/Waiting for 1 second …/);
    const callback = await at().lab.signIn(address);
    command.write(`\u001b[200~${callback}\u001b[201~\r`);
    await command.says(/You are signed in to lab/);
    expect(await command.ended).toMatchObject({ exitCode: 0 });
    expect(command.said()).not.toContain(new URL(callback).searchParams.get('code'));
  });
});
