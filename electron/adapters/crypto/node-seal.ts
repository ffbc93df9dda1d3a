import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Bytes } from '../../../shared/core/remedies/text-edit.ts';
import type { Seal } from '../../../shared/ports/seal.ts';

/** What follows is AES-256-GCM as below. Another way of sealing gets another number. */
const VERSION = 1;
/** Bytes. Random nonces of this length may be drawn some billion times for one key. */
const NONCE = 12;
const TAG = 16;
const KEY = 32;
const HEAD = 1 + NONCE + TAG;

/** AES-256-GCM: version, nonce, tag, and what was sealed. The version and `about` are authenticated with it. */
export const nodeSeal: Seal = {
  newKey: () => randomBytes(KEY).toString('latin1'),
  seal: (key, plain, about) => {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', bufferOf(key, KEY), nonce, { authTagLength: TAG });
    cipher.setAAD(authenticated(about));
    const sealed = Buffer.concat([cipher.update(bufferOf(plain)), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]).toString('latin1');
  },
  open: (key, sealed, about) => {
    if (sealed.length < HEAD || sealed.charCodeAt(0) !== VERSION || key.length !== KEY) return null;
    try {
      const bytes = bufferOf(sealed);
      const nonce = bytes.subarray(1, 1 + NONCE);
      const decipher = createDecipheriv('aes-256-gcm', bufferOf(key, KEY), nonce, { authTagLength: TAG });
      decipher.setAAD(authenticated(about));
      decipher.setAuthTag(bytes.subarray(1 + NONCE, HEAD));
      return Buffer.concat([decipher.update(bytes.subarray(HEAD)), decipher.final()]).toString('latin1');
    } catch {
      return null;
    }
  },
};

function authenticated(about: string): Buffer {
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(about, 'utf8')]);
}

/** @throws {TypeError} for what are no bytes, or not so many: what a bug hands over must not be cut to fit. Names nothing of it. */
function bufferOf(bytes: Bytes, length?: number): Buffer {
  if (/[^\0-\xff]/.test(bytes)) throw new TypeError('Characters that are no bytes cannot be sealed.');
  if (length !== undefined && bytes.length !== length)
    throw new TypeError(`A key has ${String(length)} bytes.`);
  return Buffer.from(bytes, 'latin1');
}
