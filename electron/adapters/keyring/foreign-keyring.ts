import type { ForeignKeyring } from '../../../shared/ports/foreign-keyring.ts';
import { askKeyringProcess } from './ask-keyring-process.ts';
import type { StartKeyringProcess } from './start-keyring-process.ts';

/** Milliseconds: somebody may have to find the window that asks, and type a password. */
const PATIENCE = 120_000;

/** Reads items of other programs as they are; the system asks the user, which is why it takes the consent of a click. */
export function foreignKeyring(
  start: StartKeyringProcess,
  variables: Readonly<Record<string, string>>,
  patience = PATIENCE,
): ForeignKeyring {
  return {
    read: async ({ service, account }, consent) => {
      if (!consent.take()) return { state: 'denied' };
      const timeout = new AbortController();
      const timer = setTimeout(() => {
        timeout.abort();
      }, patience);
      const request = { operation: 'get', service, account } as const;
      const reply = await askKeyringProcess(start, request, variables, timeout.signal);
      clearTimeout(timer);
      if (reply.state === 'found') return { state: 'found', secret: reply.stored };
      if (reply.state === 'none') return { state: 'absent' };
      return { state: reply.state === 'done' || reply.state === 'changed' ? 'unreachable' : reply.state };
    },
  };
}
