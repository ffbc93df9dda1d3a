import type { Bytes } from '../../../shared/core/remedies/text-edit.ts';

/** The UTF-8 of a text, one character for each byte. */
export function bytesOfText(text: string): Bytes {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The text that the bytes are the UTF-8 of; `null` where they are none, so that nothing is passed on that is not the same. */
export function textOfBytes(bytes: Bytes): string | null {
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  return bytesOfText(text) === bytes ? text : null;
}
