import type { Bytes } from '../core/remedies/text-edit.ts';

/** Encrypts for the disk. */
export interface Seal {
  /** 32 random bytes. */
  newKey(): Bytes;
  /** Authenticated: what was altered does not open. `about` must be the same on both sides. */
  seal(key: Bytes, plain: Bytes, about: string): Bytes;
  /** `null`: another key, another `about`, or altered. */
  open(key: Bytes, sealed: Bytes, about: string): Bytes | null;
}
