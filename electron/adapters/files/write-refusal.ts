import { constants } from 'node:os';
import type { WriteRefusal } from '../../../shared/core/remedies/write-refusal.ts';

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

/** Node has no name for this one; by the way to it, it is in the number or in a made-up code. */
const OVER_QUOTA = -constants.errno.EDQUOT;

export function codeOf(error: unknown): string | undefined {
  const { code, errno } = error as NodeJS.ErrnoException;
  return errno === OVER_QUOTA || code === `Unknown system error ${String(OVER_QUOTA)}` ? 'EDQUOT' : code;
}
