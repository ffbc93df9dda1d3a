import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keyringOfSystem } from '../../electron/adapters/keyring/keyring-of-system.ts';
import { nodeKeyringProcess } from '../../electron/adapters/keyring/start-keyring-process.ts';
import { systemClock } from '../../electron/adapters/time/system-clock.ts';
import {
  organisationItem,
  organisationTokenBytes,
} from '../../shared/usecases/keyring-services/organisation-token.ts';
import { madeUpSession } from '../support/made-up-keyring.ts';
import { costOf, type Setting } from './cost.ts';
import { inTurn, type Pair } from './medians.ts';

const NAME = 'northwind';
const ISSUER = 'https://login.northwind.example';
const CLIENT = 'made-up';
const DAY = 24 * 60 * 60 * 1000;
/** As long as a JSON Web Token with some claims. */
const TOKEN = 'made-up-'.repeat(150);

/**
 * CPU of `credence token` with a token that is good for a while, beside that of nothing, with a real keychain: the command and all
 * that it starts. What the keychain’s own process does is not among it.
 *
 * @param outFolder where the built command is
 * @returns `null` where there is no gnome-keyring
 */
export async function tokenCost(
  outFolder: string,
  rounds: number,
  {
    search,
    runs,
    nothing,
  }: { readonly search: string; readonly runs: number; readonly nothing: readonly string[] },
): Promise<readonly Pair[] | null> {
  if (!existsSync('/usr/bin/gnome-keyring-daemon') || !existsSync('/usr/bin/dbus-run-session')) return null;
  // Sockets have a limit of 108 bytes.
  const base = realpathSync(mkdtempSync('/tmp/credence-b-'));
  const session = await madeUpSession(base);
  try {
    await session.startKeyring();
    const keyring = keyringOfSystem({
      environment: { platform: 'linux', variables: session.variables, userId: process.geteuid?.() ?? 0 },
      keychain: null,
      folder: null,
      start: nodeKeyringProcess(path.join(outFolder, 'keyring-process.cjs')),
    });
    const now = systemClock.now();
    await keyring.set(
      organisationItem(NAME),
      organisationTokenBytes({
        issuer: ISSUER,
        clientId: CLIENT,
        accessToken: TOKEN,
        refreshToken: 'made-up-refresh',
        lifetime: DAY,
        obtainedAt: now,
        obtainedUptime: systemClock.uptime(),
        serverOffset: 0,
        scopes: null,
        account: null,
        signedInAt: now,
        refused: null,
        resource: null,
        unknown: {},
        more: {},
      }),
    );
    const own = path.join(session.home, '.config/credence');
    mkdirSync(own, { recursive: true, mode: 0o700 });
    writeFileSync(
      path.join(own, 'providers.json'),
      JSON.stringify({
        schemaVersion: 1,
        providers: [{ name: NAME, issuer: ISSUER, clientId: CLIENT, scopes: ['openid'], header: 'both' }],
      }),
    );
    const setting: Setting = { folder: session.home, variables: { ...session.variables, PATH: search } };
    const command = ['node', path.join(outFolder, 'credence.cjs'), 'token', '--provider', NAME];
    return inTurn(
      rounds,
      () => costOf(command, setting, { runs }).cpu,
      () => costOf(nothing, setting, { runs }).cpu,
    );
  } finally {
    await session.end();
    rmSync(base, { recursive: true, force: true });
  }
}
