import type { KeyringTrouble } from '../../../shared/ports/keyring.ts';
import type { BusAddress } from './dbus/bus-address.ts';
import { connectToBus, type SessionBus } from './dbus/session-bus.ts';
import type { KeyringProbe } from './keyring-probe.ts';
import { judgeItems, Refused, searchItems } from './secret-service-calls.ts';

/**
 * Asks the Secret Service for attributes and locks only (Secret Service API 0.2). The keychain package asks for a password as soon
 * as it meets a locked item, and takes “no answer” for “no item” in places; this does neither.
 */
export function secretServiceProbe(bus: BusAddress | null, userId: number): KeyringProbe {
  return {
    look: async (item, signal) => {
      const answer = await withSecretService(bus, userId, signal, async (connection) =>
        judgeItems(connection, await searchItems(connection, item)),
      );
      return 'closed' in answer ? answer : { ...answer, closed: answer.state };
    },
  };
}

/** Over a connection of its own. Never throws. */
export async function withSecretService<Answer>(
  bus: BusAddress | null,
  userId: number,
  signal: AbortSignal,
  run: (connection: SessionBus) => Promise<Answer>,
): Promise<Answer | KeyringTrouble> {
  const connection = bus === null ? null : await connectToBus(bus.socket, userId, signal);
  if (connection === null) return { state: 'unreachable' };
  try {
    return await run(connection);
  } catch (error) {
    return { state: error instanceof Refused ? error.state : 'unreachable' };
  } finally {
    connection.end();
  }
}
