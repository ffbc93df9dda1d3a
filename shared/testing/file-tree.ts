/**
 * What lies where, for tests: path → entry. Folders on the way need not be named. A text stands for a file that holds it.
 * In-memory and real file stores are laid out from the same tree.
 */
export type FileTree = Readonly<Record<string, FileTreeEntry>>;

export type FileTreeEntry = string | FileEntry | FolderEntry | LinkEntry | FifoEntry;

interface Permissions {
  /** POSIX permission bits; 0o600 for files, 0o755 for folders unless said. */
  readonly mode?: number;
  /** This user may not read it: whatever else, the mode is 0, and a real test asks as somebody else than root. */
  readonly denied?: true;
}

export interface FileEntry extends Permissions {
  readonly kind: 'file';
  /** Text, or bytes that need not be UTF-8. */
  readonly content: string | readonly number[];
  /** Milliseconds since 1970. */
  readonly changedAt?: number;
}

export interface FolderEntry extends Permissions {
  readonly kind: 'folder';
}

export interface LinkEntry {
  readonly kind: 'link';
  /** As written into the link: relative to its folder, or absolute. */
  readonly to: string;
}

export interface FifoEntry {
  readonly kind: 'fifo';
}
