import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type { KeepTrouble } from '../../core/sign-in/organisation-sign-in.ts';
import { isOf, tokenOf, type OrganisationToken } from '../keyring-services/organisation-token.ts';
import { judgeToken } from './judge-token.ts';
import { noteOfToken } from './note-of-token.ts';
import { notedOrganisations, type NotedOrganisations } from './noted-organisations.ts';
import type { FreshAnswer, KeepAnswer, KeepLook, OrganisationTokens } from './organisation-tokens.ts';
import { handOut, renewToken, withoutRenewal } from './renew-token.ts';
import { signOutOfProvider } from './sign-out-of-provider.ts';
import type { TokenPorts } from './token-ports.ts';
import { tokenStore, type TokenStore } from './token-store.ts';

/**
 * Milliseconds: longer than one renewal can take, whatever the provider (20 seconds for each of two requests) and the keychain (six
 * for each of six calls) do.
 */
const PATIENCE = 90 * 1000;
/** A new sign-in stands for some minutes of somebody’s time. */
const TRIES = 3;

/** The tokens of organisations, in the keychain and nowhere else. */
export function organisationTokens(ports: TokenPorts): OrganisationTokens {
  const noted = notedOrganisations(ports);
  const lockOf = ({ name }: OidcProvider): string => `organisation-${name}`;
  return {
    fresh: (provider) => fresh(provider, ports, noted, lockOf(provider)),
    look: async (provider) => {
      if (noted.isOfLaterVersion()) return { trouble: 'later-version', there: undefined };
      const reading = await tokenStore(provider.name, ports).read();
      // What is damaged is replaced.
      const trouble = reading.state === 'trouble' && reading.trouble !== 'damaged' ? reading.trouble : null;
      return { trouble, there: reading.bytes };
    },
    keep: async (provider, tokens, looked) => {
      const kept = await ports.locks.alone(lockOf(provider), PATIENCE, async (): Promise<KeepAnswer> => {
        const { clock } = ports;
        const store = tokenStore(provider.name, ports);
        // What the index does not name would be left in the keychain by whoever clears up.
        if (noted.isOfLaterVersion()) return { ok: false, why: 'later-version' };
        const now = { at: clock.now(), uptime: clock.uptime() };
        const token = tokenOf(tokens, null, provider, now);
        const note = noteOfToken(token, provider, null);
        const before = noted.find(provider.name);
        // So the index comes first.
        await noted.put(note);
        const trouble = await storeNew(store, token, looked?.there);
        if (trouble === null) return { ok: true, note };
        await (before === null ? noted.drop(provider.name) : noted.put(before));
        return { ok: false, why: trouble };
      });
      return typeof kept === 'string' ? { ok: false, why: 'busy' } : kept;
    },
    signOut: async (provider, anyway) => {
      const out = await ports.locks.alone(lockOf(provider), PATIENCE, () =>
        signOutOfProvider(provider, anyway, ports, noted),
      );
      return typeof out === 'string' ? { ok: false, why: { code: 'busy' } } : out;
    },
    known: () => noted.all(),
  };
}

/** Never in place of what a later version has kept. It is read for that, unless what was there at the beginning is there still. */
async function storeNew(
  store: TokenStore,
  token: OrganisationToken,
  there: KeepLook['there'],
): Promise<KeepTrouble | null> {
  const replaced = there === undefined ? 'changed' : await store.replace(there, token);
  // What went wrong may pass, and may have been stored all the same.
  if (replaced !== 'changed' && replaced !== 'no-keychain' && replaced !== 'damaged') return replaced;
  const now = await store.read();
  if (now.state === 'trouble' && now.trouble === 'later-version') return now.trouble;
  return store.store(token, TRIES);
}

async function fresh(
  provider: OidcProvider,
  ports: TokenPorts,
  noted: NotedOrganisations,
  lock: string,
): Promise<FreshAnswer> {
  const since = ports.clock.now();
  const store = tokenStore(provider.name, ports);
  const alone = (milliseconds: number): Promise<FreshAnswer | 'busy' | 'unavailable'> =>
    ports.locks.alone(lock, milliseconds, () => renewToken({ provider, store, noted, ports, since }));
  // Nearly always that is all: no lock, no note, no network.
  const reading = await store.read();
  if (reading.state === 'trouble') return { ok: false, why: { code: 'keychain', trouble: reading.trouble } };
  if (reading.state === 'none') {
    // A run that was ended may have left the note of a sign-in that never came about.
    if (noted.find(provider.name) !== null) await alone(0);
    return { ok: false, why: { code: 'not-signed-in' } };
  }
  if (!isOf(reading.token, provider)) return { ok: false, why: { code: 'entry-changed' } };
  const { token } = reading;
  const settled = withoutRenewal(token, provider, ports.clock);
  if (settled !== null) return settled;
  const isGood = judgeToken(token, ports.clock).ended === 'no';
  // While it is good there is nothing to wait for: another is about to renew it.
  const renewed = await alone(isGood ? 0 : PATIENCE);
  if (typeof renewed !== 'string') return renewed;
  if (isGood) return handOut(token, provider);
  return { ok: false, why: { code: renewed === 'busy' ? 'busy' : 'no-lock' } };
}
