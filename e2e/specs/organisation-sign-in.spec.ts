/** `credence login --provider`: from the command over the provider’s page and the browser back to a token in the keychain. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ADDRESS, isListening, portOf, signInLabs } from '../provider/sign-in-lab.ts';
import { publishedAnswer } from '../schema/published-answer.ts';
import { filesBelow } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';

describe.runIf(onLinux)('Signing in to a real provider with gnome-keyring', () => {
  const at = signInLabs();

  test('goes from the command over the page and back to a token that the provider takes.', async () => {
    const command = await at().signedIn();
    expect(command.said()).toContain('You are signed in to lab as petra@northwind.example.');
    const { exitCode, stdout } = await at().token();
    expect(exitCode).toBe(0);
    expect(await at().lab.isStillGood(stdout.trim())).toBe(true);
    expect(at().lab.counts().grants).toEqual({ authorization_code: 1 });
    // Neither the code nor a token is anywhere but in the keychain.
    expect(command.said()).not.toContain(stdout.trim());
    const files = filesBelow(at().session.home).map((file) => readFileSync(file, 'latin1'));
    expect(files.length).toBeGreaterThan(1);
    expect(files.filter((text) => text.includes(stdout.trim()))).toEqual([]);
    expect(command.said()).not.toMatch(/[?&]code=/);

    const list = at().start(['providers', '--json']);
    await list.ended;
    expect(JSON.parse(list.stdout())).toMatchObject({
      providers: [{ name: 'lab', signIn: { state: 'signed-in', account: 'petra@northwind.example' } }],
    });
  });

  test('answers in JSON alone on standard output, and tells the way on the other.', async () => {
    const command = await at().signedIn('--json');
    expect(publishedAnswer('login', command.stdout())).toMatchObject({
      kind: 'organisation',
      provider: 'lab',
      outcome: 'signed-in',
      signIn: { account: 'petra@northwind.example' },
      failure: null,
    });
  });

  test('opens the page in the browser by itself, and prints its address as well.', async () => {
    const file = path.join(at().session.home, 'opened');
    const browser = path.join(at().session.home, 'browser.sh');
    writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > '${file}'\n`, { mode: 0o755 });
    const command = at().start(['login', '--provider', 'lab'], { BROWSER: browser });
    const [address] = await command.says(ADDRESS);
    await fetch(await at().lab.signIn(address));
    expect(await command.ended).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(address);
  });

  test('needs no input that stays open.', async () => {
    const command = at().login('--no-browser');
    command.closeInput();
    const [address] = await command.says(ADDRESS);
    await fetch(await at().lab.signIn(address));
    expect(await command.ended).toMatchObject({ exitCode: 0 });
  });

  test('frees its port, and waits for nothing that is not its own.', async () => {
    const command = at().login('--no-browser');
    const [address] = await command.says(ADDRESS);
    const port = portOf(address);
    const origin = `http://127.0.0.1:${String(port)}`;
    for (const query of ['error=access_denied', 'code=x&state=y', 'code=a&code=b', ''])
      expect(await (await fetch(`${origin}/callback?${query}`)).text()).toContain('Nothing happened');
    expect((await fetch(`${origin}/favicon.ico`)).status).toBe(404);
    const page = await fetch(await at().lab.signIn(address));
    expect(await page.text()).toContain('Signed in to lab');
    expect(await command.ended).toMatchObject({ exitCode: 0 });
    expect(await isListening(port)).toBe(false);
  });

  test('says so when the person says no.', async () => {
    const command = at().login('--no-browser', '--json');
    const [address] = await command.says(ADDRESS);
    const page = await fetch(await at().lab.signIn(address, { deny: true }));
    expect(await page.text()).toContain('Not signed in to lab');
    expect(await command.ended).toMatchObject({ exitCode: 1 });
    expect(publishedAnswer('login', command.stdout())).toMatchObject({
      outcome: 'failed',
      signIn: null,
      failure: { code: 'denied' },
    });
    expect((await at().token()).exitCode).toBe(1);
  });

  test('says which scopes were not granted.', async () => {
    const command = at().login('--no-browser', '--json');
    const [address] = await command.says(ADDRESS);
    await fetch(await at().lab.signIn(address, { withhold: ['gateway'] }));
    await command.ended;
    expect(publishedAnswer('login', command.stdout())).toMatchObject({
      signIn: { missingScopes: ['gateway'] },
    });
  });

  test('gives the token back when the keychain is locked meanwhile.', async () => {
    const command = at().login('--no-browser', '--json');
    const [address] = await command.says(ADDRESS);
    await at().session.lock();
    const page = await fetch(await at().lab.signIn(address));
    expect(await page.text()).toContain('Not signed in to lab');
    expect(await command.ended).toMatchObject({ exitCode: 1 });
    expect(publishedAnswer('login', command.stdout())).toMatchObject({
      failure: { code: 'not-kept', trouble: 'locked' },
    });
    expect(at().lab.counts().revocation).toBeGreaterThan(0);
    expect(at().session.prompts()).toBe(0);
  });
});

describe.runIf(onLinux)('Signing in without a keychain', () => {
  const at = signInLabs({ keychain: false });

  test.each([
    ['no session bus', { DBUS_SESSION_BUS_ADDRESS: '' }],
    ['a session bus that nobody answers on', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }],
  ])('sends nobody to a page whose token could not be kept: %s.', async (_, bus) => {
    const command = at().start(['login', '--provider', 'lab', '--no-browser', '--json'], bus);
    expect(await command.ended).toMatchObject({ exitCode: 1 });
    expect(publishedAnswer('login', command.stdout())).toMatchObject({
      outcome: 'failed',
      failure: { code: 'no-place', trouble: 'no-keychain' },
    });
    expect(at().lab.counts()).toMatchObject({ authorization: 0, token: 0 });
  });

  test('gives the token back where a keychain answers that holds nothing.', async () => {
    const command = at().login('--no-browser', '--json');
    const [address] = await command.says(ADDRESS);
    await fetch(await at().lab.signIn(address));
    expect(await command.ended).toMatchObject({ exitCode: 1 });
    expect(publishedAnswer('login', command.stdout())).toMatchObject({
      failure: { code: 'not-kept', trouble: 'no-keychain' },
    });
    expect(at().lab.counts().revocation).toBeGreaterThan(0);
  });
});
