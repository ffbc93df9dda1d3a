import type { Bytes } from '../core/remedies/text-edit.ts';
import type { Seal } from '../ports/seal.ts';
import { pureDigests } from './pure-digests.ts';

const DIGEST = 64;
const NUMBER = 8;

/**
 * Seals for tests: hides what it seals from a search for it and notices every change, but keys and numbers are counted, so that
 * runs are alike. No protection at all.
 */
export function plainSeal(): Seal {
  let count = 0;
  const next = (): string => String(++count).padStart(NUMBER, '0');
  const tagOf = (key: Bytes, number: string, plain: Bytes, about: string): string =>
    pureDigests.sha256(JSON.stringify([key, number, plain, about]));
  return {
    newKey: () => pureDigests.sha256(`key ${next()}`).slice(0, 32),
    seal: (key, plain, about) => {
      const number = next();
      return number + tagOf(key, number, plain, about) + turned(key, plain);
    },
    open: (key, sealed, about) => {
      const number = sealed.slice(0, NUMBER);
      const plain = turned(key, sealed.slice(NUMBER + DIGEST));
      return sealed.slice(NUMBER, NUMBER + DIGEST) === tagOf(key, number, plain, about) ? plain : null;
    },
  };
}

/** There and back. */
function turned(key: Bytes, bytes: Bytes): Bytes {
  const mask = pureDigests.sha256(key);
  return Array.from(bytes, (byte, at) =>
    String.fromCharCode(byte.charCodeAt(0) ^ mask.charCodeAt(at % DIGEST)),
  ).join('');
}
