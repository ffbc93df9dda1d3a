import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { organisationItem } from '../../shared/usecases/keyring-services/organisation-token.ts';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import { layProviders, providerEntry } from '../provider/lay-providers.ts';
import { startProvider } from '../provider/start-provider.mjs';
import { onLinux } from '../support/on-system.ts';
import { NAME, tokenLabs } from '../tokens/token-lab.ts';

const REFRESH = { path: '/token', grant: 'refresh_token' };
/** Milliseconds: long enough for another process to come in between. */
const SLOW = 2_500;

const lab = tokenLabs();

const ask = (...args: readonly string[]): Promise<CommandAnswer> =>
  lab().credence.ask(args, { folder: lab().session.home, variables: lab().session.variables });

async function until(holds: () => boolean): Promise<void> {
  for (let left = 600; left > 0; left--) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it has not come about');
}

/** A renewal by another process, whose request has reached the provider, and whose answer takes a while. */
async function slowRenewal(): Promise<{ readonly asked: Promise<CommandAnswer> }> {
  await lab().age(2);
  lab().proxy.when({ ...REFRESH, times: 1 }, { do: 'delay', ms: SLOW });
  const asked = lab().ask();
  await until(() =>
    lab()
      .proxy.requests()
      .some(({ grant }) => grant === 'refresh_token'),
  );
  return { asked };
}

function configure(more: Readonly<Record<string, unknown>>): void {
  const { issuer, clientId, scopes, header } = lab().configured;
  layProviders(lab().session.home, providerEntry(NAME, { issuer, clientId, scopes, header, ...more }));
}

describe.runIf(onLinux)('Signed in to a real provider, with gnome-keyring', () => {
  describe('While another process renews the token', () => {
    test('a sign-out waits for it, and gives up the token that it brought.', async () => {
      const before = await lab().kept();
      const { asked } = await slowRenewal();
      const out = ask('logout', '--provider', NAME);
      const [token, signedOut] = [await asked, await out];
      expect([token.exitCode, signedOut.exitCode]).toEqual([0, 0]);
      const came = token.stdout.trim();
      expect(came).not.toBe(before.accessToken);
      // Neither the old ones nor those that came meanwhile open anything, and none is left here.
      for (const one of [before.accessToken, before.refreshToken ?? '', came])
        expect(await lab().provider.isStillGood(one)).toBe(false);
      expect(await lab().keyring.get(organisationItem(NAME))).toEqual({ state: 'absent' });
      expect(lab().tokens.known()).toEqual([]);
      expect(lab().refreshes()).toBe(1);
    });

    test('a new sign-in takes its place and is not overwritten by what the old token brings.', async () => {
      const before = await lab().kept();
      const { asked } = await slowRenewal();
      await lab().signIn();
      expect(await asked).toMatchObject({ exitCode: 0, stderr: '' });
      const after = await lab().kept();
      expect(after.signedInAt).toBeGreaterThan(before.signedInAt);
      expect(await lab().ask()).toMatchObject({ stdout: `${after.accessToken}\n`, exitCode: 0 });
      expect(await lab().provider.isStillGood(after.refreshToken ?? '')).toBe(true);
      await lab().age(2);
      expect(await lab().ask()).toMatchObject({ exitCode: 0, stderr: '' });
    });
  });

  describe('Where the entry of a provider was changed', () => {
    test('to another issuer, that one is not asked anything, and nothing is printed until it is put back.', async () => {
      const other = await startProvider();
      try {
        await lab().age(2);
        const before = await lab().kept();
        configure({ issuer: other.issuer, clientId: other.clientId });
        const run = await lab().ask();
        expect(run).toMatchObject({ stdout: '', exitCode: 1 });
        expect(run.stderr.replace(/\s+/g, ' ')).toContain('is of another issuer, client or resource');
        expect(other.visits()).toEqual([]);
        expect(await lab().kept()).toEqual(before);
        configure({});
        expect(await lab().ask()).toMatchObject({ exitCode: 0, stderr: '' });
      } finally {
        await other.close();
      }
    });

    test.each([
      ['another client', { clientId: 'another' }],
      ['another resource', { resource: 'https://gateway.northwind.example' }],
    ])('to %s, the provider is not asked for that with what is kept.', async (_, changed) => {
      configure(changed);
      expect(await lab().ask()).toMatchObject({ stdout: '', exitCode: 1 });
      await lab().age(2);
      expect(await lab().ask()).toMatchObject({ stdout: '', exitCode: 1 });
      expect(lab().refreshes()).toBe(0);
    });
  });

  test('What a later version has kept is left to it, and that is said.', async () => {
    const later = '{"version":2,"accessToken":"made-up-of-later"}';
    await lab().keyring.set(organisationItem(NAME), later);
    const run = await lab().ask();
    expect(run).toMatchObject({ stdout: '', exitCode: 3 });
    expect(run.stderr.replace(/\s+/g, ' ')).toContain('A later version of Credence has kept the token');
    await expect(lab().signIn()).rejects.toThrow('later-version');
    const out = await ask('logout', '--provider', NAME);
    expect([out.exitCode, out.stderr.replace(/\s+/g, ' ')]).toEqual([
      4,
      expect.stringContaining('A later version'),
    ]);
    expect(await lab().keyring.get(organisationItem(NAME))).toEqual({ state: 'found', secret: later });
    expect(await ask('logout', '--provider', NAME, '--anyway')).toMatchObject({ exitCode: 0 });
    expect(await lab().keyring.get(organisationItem(NAME))).toEqual({ state: 'absent' });
  });

  test('What a provider says beside its token is kept with it through renewals, and shown nowhere.', async () => {
    const marked = { tenant: 'made-up-unknown-1', nested: { hint: ['made-up-unknown-2'] } };
    const add =
      (more: object) =>
      (text: string): string =>
        JSON.stringify({ ...(JSON.parse(text) as object), ...more });
    lab().proxy.when({ ...REFRESH, times: 1 }, { do: 'rewrite', body: add(marked) });
    await lab().age(2);
    const said = [await lab().ask()];
    expect((await lab().kept()).unknown).toEqual(marked);
    lab().proxy.when({ ...REFRESH, times: 1 }, { do: 'rewrite', body: add({ tenant: 'made-up-unknown-3' }) });
    await lab().age(2);
    said.push(await lab().ask());
    expect((await lab().kept()).unknown).toEqual({ ...marked, tenant: 'made-up-unknown-3' });
    for (const words of [
      'providers',
      'providers --json',
      'doctor --report',
      'status --json',
      `logout --provider ${NAME} --json`,
    ])
      said.push(await ask(...words.split(' ')));
    expect(said.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(JSON.stringify(said)).not.toContain('made-up-unknown');
    const files = readdirSync(lab().own, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const texts = files.map((one) => readFileSync(path.join(one.parentPath, one.name), 'utf8'));
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join('')).not.toContain('made-up-unknown');
  });
});
