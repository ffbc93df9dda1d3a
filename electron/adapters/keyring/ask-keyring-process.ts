import type { KeyringReply, KeyringRequest } from './keyring-message.ts';
import type { KeyringProcess, StartKeyringProcess } from './start-keyring-process.ts';

const GONE: KeyringReply = { state: 'unreachable' };

/** One request, one process. It is over when the signal says so, whatever the keychain does. Never rejects. */
export async function askKeyringProcess(
  start: StartKeyringProcess,
  request: KeyringRequest,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<KeyringReply> {
  if (signal.aborted) return GONE;
  const process = startQuietly(start, request, variables);
  if (process === null) return GONE;
  const { promise: late, resolve } = withResolver();
  signal.addEventListener('abort', resolve, { once: true });
  const reply = await Promise.race([process.reply.catch(() => null), late]);
  signal.removeEventListener('abort', resolve);
  process.end();
  return reply ?? GONE;
}

function withResolver(): { readonly promise: Promise<null>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<null>((done) => {
    resolve = () => {
      done(null);
    };
  });
  return { promise, resolve };
}

/** Node throws at once where the system has no descriptor left. */
function startQuietly(
  start: StartKeyringProcess,
  request: KeyringRequest,
  variables: Readonly<Record<string, string>>,
): KeyringProcess | null {
  try {
    return start(request, variables);
  } catch {
    return null;
  }
}
