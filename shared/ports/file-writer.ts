import type { Bytes } from '../core/remedies/text-edit.ts';
import type { WriteRefusal } from '../core/remedies/write-refusal.ts';

/**
 * Changes files of the user. After every call, and after a crash or a power cut at any moment of it, a file is the old one or
 * the new one, byte for byte; mode, owner, links, extended attributes and access lists are kept, and nobody who could not read
 * it can at any moment. What cannot be kept is refused. Never throws for what it finds, and never waits for a FIFO or a device.
 */
export interface FileWriter {
  /** What a change would start from. Changes nothing; refuses whatever `replace` would refuse. */
  look(path: string): Promise<FileLook>;
  /**
   * Replaces the whole content. `expected` is the digest that `look` gave, or `null` to make a file that must not be there yet
   * (mode 0600; its folder is not made: `failed`). What was changed by another program in between is refused with `changed`,
   * also when that happens at the very last moment. Two that do this to one file at once without `alone` may lose a change: each
   * may count on from what the other is just taking back.
   */
  replace(path: string, expected: string | null, bytes: Bytes): Promise<WriteAnswer>;
  /** Changes the permission bits of a file that is as expected; unlike the rest also of one that is marked read-only. */
  changeMode(path: string, expected: string, mode: number): Promise<WriteAnswer>;
  /** Removes a file that is as expected; only for one that Credence made, so never what a link leads to (`changed`). */
  remove(path: string, expected: string): Promise<WriteAnswer>;
  /**
   * Removes what a run that was killed has left beside a file, and says how much that was. Only while alone: it cannot tell
   * what was left from what another run is just writing.
   */
  sweep(path: string): Promise<number>;
}

/** Bytes. A larger file is no file of settings. */
export const MOST_FILE_BYTES = 16 * 1024 * 1024;

export type FileLook =
  | {
      readonly state: 'file';
      readonly bytes: Bytes;
      /** SHA-256 of the bytes, hexadecimal. */
      readonly digest: string;
      /** POSIX permission bits. */
      readonly mode: number;
      /** Where it really is, links followed. */
      readonly realPath: string;
    }
  | { readonly state: 'absent' }
  | { readonly state: 'refused'; readonly why: WriteRefusal };

export type WriteAnswer =
  { readonly ok: true; readonly digest: string } | { readonly ok: false; readonly why: WriteRefusal };
