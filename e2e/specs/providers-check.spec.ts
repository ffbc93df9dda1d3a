/** `credence providers --check`: whether a provider answers as it is configured. */
import { describe, expect, test } from 'vitest';
import { providerEntry, providersText } from '../provider/lay-providers.ts';
import { providersHome } from '../provider/providers-home.ts';
import { startProvider } from '../provider/start-provider.mjs';
import { madeUpHomes } from '../support/made-up-homes.ts';

const homes = madeUpHomes();

describe('credence providers --check', () => {
  test('asks a real provider, and says what it offers.', async () => {
    const lab = await startProvider();
    try {
      const said = providersHome(
        homes,
        providersText(providerEntry('lab', { issuer: lab.issuer, clientId: lab.clientId, deviceFlow: true })),
      );
      expect(await said.json(0, 'providers', '--check', 'lab')).toMatchObject({
        check: {
          ok: true,
          server: {
            issuer: lab.issuer,
            offersDevice: true,
            offersRevocation: true,
            offersS256: true,
            tellsIssuer: true,
          },
          failure: null,
        },
      });
      const { stdout } = await said.ask('providers', '--check', 'lab');
      expect(stdout).toContain('✓ It takes PKCE with S256.');
      expect(lab.counts()).toMatchObject({ discovery: 2, authorization: 0, token: 0 });
    } finally {
      await lab.close();
    }
  });

  test('says what is configured and not offered, and what is configured wrongly.', async () => {
    const lab = await startProvider({ deviceFlow: false, revocation: false });
    try {
      const said = providersHome(
        homes,
        providersText(
          providerEntry('lab', { issuer: lab.issuer, deviceFlow: true }),
          providerEntry('slash', { issuer: `${lab.issuer}/` }),
          providerEntry('gone', { issuer: 'http://127.0.0.1:9' }),
        ),
      );
      const check = await said.json(1, 'providers', '--check', 'lab');
      expect(check).toMatchObject({
        check: { ok: false, server: { offersDevice: false, offersRevocation: false } },
      });
      expect(await said.json(1, 'providers', '--check', 'slash')).toMatchObject({
        check: { ok: false, server: null, failure: { code: 'wrong-issuer' } },
      });
      expect(await said.json(1, 'providers', '--check', 'gone')).toMatchObject({
        check: { failure: { code: 'no-connection' } },
      });
    } finally {
      await lab.close();
    }
  });
});
