import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Seal } from '../../../shared/ports/seal.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: nonce, tag, and what is encrypted. */
export const nodeSeal: Seal = {
  newKey: () => randomBytes(KEY_BYTES).toString('latin1'),
  seal: (key, plain, about) => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, Buffer.from(key, 'latin1'), nonce);
    cipher.setAAD(Buffer.from(about));
    const body = Buffer.concat([cipher.update(Buffer.from(plain, 'latin1')), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('latin1');
  },
  open: (key, sealed, about) => {
    const bytes = Buffer.from(sealed, 'latin1');
    try {
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv(CIPHER, Buffer.from(key, 'latin1'), nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(about));
      decipher.setAuthTag(tag);
      const rest = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(rest), decipher.final()]).toString('latin1');
    } catch {
      return null;
    }
  },
};
