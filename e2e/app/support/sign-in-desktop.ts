import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { layFakeClaude } from '../../fake-claude/lay-fake-claude.mjs';
import { findChromium } from '../../host/chromium/find-chromium.mjs';
import { startProvider, type Lab } from '../../provider/start-provider.mjs';
import { madeUpSession, type MadeUpSession } from '../../support/made-up-keyring.ts';
import type { MadeUpHome } from './made-up-home.ts';

type FakeBehaviour = NonNullable<Parameters<typeof layFakeClaude>[1]>;

/** What stands around the app when somebody signs in: a program, an organisation, a keychain, a browser. */
export interface SignInDesktop {
  readonly provider: Lab;
  readonly keychain: MadeUpSession;
  readonly variables: Readonly<Record<string, string>>;
  /** Addresses that the app gave to the desktop. */
  readonly opened: () => readonly string[];
  /** Opens the newest of them, as the user’s browser would. */
  readonly openInBrowser: () => Promise<Page>;
  readonly end: () => Promise<void>;
}

export const ORGANISATION = 'northwind';

/**
 * @param home gets a `claude`, and the provider among Credence’s own files
 * @param behaviour of the fake `claude`
 * @param password  of the keychain
 */
export async function signInDesktop(
  home: MadeUpHome,
  behaviour: FakeBehaviour = {},
  options: Parameters<typeof startProvider>[0] = {},
  password?: string,
): Promise<SignInDesktop> {
  layFakeClaude(path.join(home.path, '.local/bin'), behaviour);
  // What Claude Code opens goes nowhere unless a test goes there.
  home.write(
    '.desktop/bin/browser',
    `#!/bin/sh\nprintf '%s\\n' "$1" >> '${home.path}/.desktop/claude-opened.txt'\n`,
  );
  chmodSync(path.join(home.path, '.desktop/bin/browser'), 0o755);
  const base = realpathSync(mkdtempSync('/tmp/credence-s-'));
  const [provider, keychain] = await Promise.all([startProvider(options), madeUpSession(base, password)]);
  await keychain.startKeyring();
  layProvider(home, provider);
  let browser: Browser | null = null;
  return {
    provider,
    keychain,
    variables: {
      PATH: `${home.path}/.local/bin:${home.environment['PATH'] ?? ''}:${path.dirname(process.execPath)}`,
      BROWSER: path.join(home.path, '.desktop/bin/browser'),
      DBUS_SESSION_BUS_ADDRESS: keychain.variables['DBUS_SESSION_BUS_ADDRESS'] ?? '',
    },
    opened: home.opened,
    openInBrowser: async () => {
      const address = home.opened().at(-1);
      if (address === undefined) throw new Error('nothing was opened');
      browser ??= await chromium.launch({
        executablePath: findChromium(process.env) ?? 'chromium',
        args: ['--no-sandbox', '--disable-dev-shm-usage'],
      });
      const page = await browser.newPage();
      await page.goto(address);
      return page;
    },
    end: async () => {
      await browser?.close();
      await provider.close();
      await keychain.end();
      rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

export function layProvider(home: MadeUpHome, { issuer, clientId }: Pick<Lab, 'issuer' | 'clientId'>): void {
  home.json(
    '.config/credence/providers.json',
    {
      schemaVersion: 1,
      providers: [
        {
          name: ORGANISATION,
          issuer,
          clientId,
          scopes: ['openid', 'email', 'offline_access'],
          deviceFlow: true,
          baseUrl: 'https://gateway.northwind.example',
          header: 'authorization',
        },
      ],
    },
    0o600,
  );
}
