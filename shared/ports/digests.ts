import type { Bytes } from '../core/remedies/text-edit.ts';

/** Plain, unkeyed hashes, for names that other programs build from them; never for secrets. */
export interface Digests {
  /** SHA-256 of the text in UTF-8: 64 lower-case hexadecimal digits. */
  sha256(text: string): string;
  /** SHA-256 of bytes, one character for each. */
  sha256OfBytes(bytes: Bytes): string;
}
