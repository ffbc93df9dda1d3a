/** Why a file was not written; its old content is whole. */
export const WRITE_REFUSALS = [
  /** Not what the change was planned for any more. */
  'changed',
  /** A folder, FIFO, socket or device. */
  'not-a-file',
  /** This user may not read or write it, or not make files beside it. */
  'denied',
  'read-only-file-system',
  /** Nobody may change it until somebody takes the mark away (`chattr -i`). */
  'immutable',
  /** The file, or the link to it, belongs to another user. */
  'foreign-owner',
  /** The same file has another name, which would keep the old content (hard link). */
  'several-names',
  /** A link that leads nowhere. */
  'dangling-link',
  /** A link that leads out of the home folder. */
  'link-out-of-home',
  'link-loop',
  /** More than the writer takes, before or after. */
  'too-large',
  /** Its group, extended attributes or access list could not be kept. */
  'attributes',
  'no-space',
  /** The file is mounted by itself, so it cannot be replaced. */
  'busy',
  /** The system reported an error of the device. */
  'failed',
] as const;
export type WriteRefusal = (typeof WRITE_REFUSALS)[number];
