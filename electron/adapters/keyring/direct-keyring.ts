import type { Keyring, KeyringAnswer } from '../../../shared/ports/keyring.ts';
import { busAddress } from './dbus/bus-address.ts';
import { unframe } from './framed-secret.ts';
import type { KeyringSystem } from './keyring-of-system.ts';
import { judgeItems, searchItems, secretOf } from './secret-service-calls.ts';
import { withSecretService } from './secret-service-probe.ts';

/** Milliseconds, as for every question to the keychain. */
const DEADLINE = 5_000;
const OWN_SERVICE = 'Credence';

/**
 * Reads an item without a process of its own, which would cost as much again as the whole command. On Linux by the session bus
 * alone: no library is loaded, nothing can block, and nobody is asked for a password. Elsewhere the keychain’s library is called
 * in this process, and holds it up for as long as the keychain is silent: only for a command that has nothing else to do.
 */
export function directKeyring(system: KeyringSystem, usual: Keyring): Pick<Keyring, 'get'> {
  const { platform, variables, userId } = system.environment;
  if (platform !== 'linux') return { get: async (item) => (await inThisProcess(system)).get(item) };
  return {
    get: async (item) => {
      if (item.service !== OWN_SERVICE) return { state: 'denied' };
      const timeout = new AbortController();
      const timer = setTimeout(() => {
        timeout.abort();
      }, DEADLINE);
      const bus = busAddress(variables);
      const answer = await withSecretService(bus, userId ?? 0, timeout.signal, async (connection) => {
        const found = await searchItems(connection, item);
        const [only] = found.open;
        if (only === undefined || found.open.length + found.shut.length > 1) {
          const { state } = await judgeItems(connection, found);
          // Unlocked a moment after it was looked for: the usual way looks again.
          return state === 'there' ? 'other' : ({ state } satisfies KeyringAnswer);
        }
        const framed = unframe(item, (await secretOf(connection, only)).toString('latin1'));
        if (framed === null) return { state: 'damaged' } satisfies KeyringAnswer;
        return framed.kind === 'whole'
          ? ({ state: 'found', secret: framed.payload } satisfies KeyringAnswer)
          : 'other';
      });
      clearTimeout(timer);
      return answer === 'other' ? usual.get(item) : answer;
    },
  };
}

async function inThisProcess(system: KeyringSystem): Promise<Keyring> {
  const [{ keyringOfSystem }, { answerKeyringRequest }] = await Promise.all([
    import('./keyring-of-system.ts'),
    import('./answer-keyring-request.ts'),
  ]);
  return keyringOfSystem({
    ...system,
    start: (request) => ({ reply: answerKeyringRequest(request), end: () => undefined }),
  });
}
