/**
 * The process that talks to the keychain: one request, one reply, and the end. Nothing of it is in its arguments or its
 * environment, which other programs of this user can read. The terminal command asks by standard input; the app, whose utility
 * processes have none, by their port.
 */
import { answerKeyringRequest } from './answer-keyring-request.ts';
import { decodeMessage, encodeMessage, requestOf, type KeyringReply } from './keyring-message.ts';

/** What Electron gives to a utility process. */
interface ParentPort {
  once(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: KeyringReply): void;
}

const { parentPort } = process as { readonly parentPort?: ParentPort };
if (parentPort === undefined) answerInput();
else answerPort(parentPort);

function answerPort(port: ParentPort): void {
  port.once('message', ({ data }) => {
    const request = typeof data === 'object' && data !== null ? requestOf({ ...data }) : null;
    if (request === null) process.exit(2);
    void answerKeyringRequest(request).then((reply) => {
      port.postMessage(reply);
    });
  });
}

function answerInput(): void {
  let received = Buffer.alloc(0);
  let asked = false;
  process.stdin.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    const message = decodeMessage(received);
    if (message === 'incomplete' || asked) return;
    asked = true;
    const request = message === null ? null : requestOf(message);
    if (request === null) process.exit(2);
    void answerKeyringRequest(request).then((reply) => {
      process.stdout.write(encodeMessage(reply), () => process.exit());
    });
  });
  // Whoever asked has gone, and with it the need for an answer.
  process.stdin.on('end', () => {
    if (!asked) process.exit(2);
  });
  process.stdout.on('error', () => process.exit(1));
}
