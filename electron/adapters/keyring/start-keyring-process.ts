import { spawn } from 'node:child_process';
import path from 'node:path';
import { hasDescriptorsFor } from '../process/spare-descriptors.ts';
import {
  decodeMessage,
  encodeMessage,
  replyOf,
  type KeyringReply,
  type KeyringRequest,
} from './keyring-message.ts';

/**
 * Starts a process for one request. A seam: Electron’s own program does not run scripts (that is switched off in what is shipped),
 * so the app starts a utility process here.
 */
export type StartKeyringProcess = (
  request: KeyringRequest,
  variables: Readonly<Record<string, string>>,
) => KeyringProcess;

export interface KeyringProcess {
  /** `null`: it ended without one. */
  readonly reply: Promise<KeyringReply | null>;
  /** Ends it at once, whatever it is doing. */
  end(): void;
}

/** @param script what `keyring-process.ts` is for this Node: itself, or its bundle */
export function nodeKeyringProcess(script: string): StartKeyringProcess {
  return (request, variables) => {
    if (!hasDescriptorsFor(2)) return noKeyringProcess(request, variables);
    const child = spawn(process.execPath, [script], {
      cwd: path.parse(script).root,
      env: { ...variables },
      // What the keychain's library says may quote what it was given.
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const reply = new Promise<KeyringReply | null>((resolve) => {
      let received = Buffer.alloc(0);
      child.on('error', () => {
        resolve(null);
      });
      child.on('close', () => {
        resolve(null);
      });
      child.stdin.on('error', () => {
        resolve(null);
      });
      child.stdout.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        const message = decodeMessage(received);
        if (message === 'incomplete') return;
        resolve(message === null ? null : replyOf(message));
      });
      child.stdin.end(encodeMessage(request));
    });
    return {
      reply,
      end: () => {
        child.kill('SIGKILL');
        child.stdout.destroy();
        child.unref();
      },
    };
  };
}

/** Where nothing can be started: the keychain counts as unreachable. */
export const noKeyringProcess: StartKeyringProcess = () => ({
  reply: Promise.resolve(null),
  end: () => undefined,
});
