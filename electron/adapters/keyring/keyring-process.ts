/**
 * The process that talks to the keychain: one request on standard input, one reply on standard output, and the end. Nothing of it
 * is in its arguments or its environment, which other programs of this user can read.
 */
import { answerKeyringRequest } from './answer-keyring-request.ts';
import { decodeMessage, encodeMessage, requestOf } from './keyring-message.ts';

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
