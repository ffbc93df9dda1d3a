import { utilityProcess } from 'electron';
import { replyOf, type KeyringReply } from '../adapters/keyring/keyring-message.ts';
import type { StartKeyringProcess } from '../adapters/keyring/start-keyring-process.ts';

/**
 * Asks the keychain from a utility process: Electron’s own program runs no scripts once it is shipped, and the keychain’s library
 * blocks the thread that it runs in.
 */
export function utilityKeyringProcess(script: string): StartKeyringProcess {
  return (request, variables) => {
    const child = utilityProcess.fork(script, [], { env: { ...variables }, stdio: 'ignore' });
    const reply = new Promise<KeyringReply | null>((resolve) => {
      child.once('message', (message: unknown) => {
        resolve(typeof message === 'object' && message !== null ? replyOf({ ...message }) : null);
      });
      child.once('exit', () => {
        resolve(null);
      });
    });
    child.postMessage(request);
    return {
      reply,
      end: () => {
        endAtOnce(child.pid);
      },
    };
  };
}

/** Electron’s own way asks the process to end, which one that waits for a keychain does not hear. */
function endAtOnce(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // Ended by itself.
  }
}
