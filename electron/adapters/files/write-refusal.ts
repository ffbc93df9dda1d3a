import { constants } from 'node:os';
import type { WriteRefusal } from '../../../shared/ports/file-writer.ts';

/** Carries a refusal out of the depth of a change; caught by the writer, never seen outside. */
export class Refused extends Error {
  readonly why: WriteRefusal;

  constructor(why: WriteRefusal) {
    super(why);
    this.why = why;
  }
}

/** Why the system did not do it. Whatever has no name of its own is an error of the device. */
export function refusalOf(error: unknown): WriteRefusal {
  if (error instanceof Refused) return error.why;
  switch (codeOf(error)) {
    case 'EACCES':
      return 'denied';
    // Permission bits give EACCES; this is what a mark on the file or its folder gives.
    case 'EPERM':
      return 'immutable';
    case 'EROFS':
      return 'read-only-file-system';
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'no-space';
    case 'EBUSY':
    case 'ETXTBSY':
      return 'busy';
    case 'ELOOP':
      return 'link-loop';
    case 'EISDIR':
    case 'ENXIO':
      return 'not-a-file';
    case undefined:
    default:
      return 'failed';
  }
}

/** Node has no name for one of those that matter here. */
const OVER_QUOTA = `Unknown system error -${String(constants.errno.EDQUOT)}`;

export function codeOf(error: unknown): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  return code === OVER_QUOTA ? 'EDQUOT' : code;
}
