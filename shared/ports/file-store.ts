/**
 * Files as they are, without following anything but links, and without ever blocking: a FIFO or a device is told, not opened
 * for good. Each answer is one of several that must not be mixed up: absent, denied, malformed (the reader's business) and the
 * rest are different things.
 */
export interface FileStore {
  /**
   * Reads a whole file up to `maxBytes`.
   *
   * @param encoding `latin1` gives each byte as one character, for binary formats
   */
  read(path: string, maxBytes: number, encoding?: 'utf8' | 'latin1'): FileReading;
  /** The names in a folder, sorted; `null` when it is not there or cannot be read. */
  list(folder: string): readonly string[] | null;
  /** What a path leads to, links followed. */
  inspect(path: string): PathFacts | null;
  /** The path with all links followed, or the path itself where that cannot be told. */
  realPath(path: string): string;
  /** What is at a path itself when it is a link; `null`: it is none, or cannot be told. Links on the way to it are followed. */
  linkAt(path: string): LinkFacts | null;
}

export interface LinkFacts {
  /** As written into it: relative to its folder, or absolute. */
  readonly to: string;
  readonly ownerId: number;
}

export type FileReading =
  | { readonly state: 'absent' }
  | { readonly state: 'denied' | 'too-large' | 'not-a-file' | 'link-loop' | 'failed' }
  | {
      readonly state: 'read';
      /** UTF-8 unless asked otherwise, malformed bytes replaced, as Claude Code does; a byte order mark is kept. */
      readonly text: string;
      /** Differs from the path when there are links on the way. */
      readonly realPath: string;
      /** POSIX permission bits; on Windows those that Node makes up. */
      readonly mode: number;
      readonly ownerId: number;
    };

export interface PathFacts {
  readonly kind: 'file' | 'folder' | 'other';
  readonly mode: number;
  readonly ownerId: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly size: number;
}
