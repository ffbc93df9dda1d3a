import { closeSync, fchmodSync, fchownSync, fstatSync, fsyncSync } from 'node:fs';
import path from 'node:path';
import type { Bytes } from '../../../shared/core/remedies/text-edit.ts';
import { MOST_FILE_BYTES } from '../../../shared/ports/file-writer.ts';
import { giveAttributes } from './extended-attributes.ts';
import {
  discard,
  makeBeside,
  quietly,
  syncFolder,
  verify,
  writeAll,
  type FileBeside,
} from './file-beside.ts';
import { putInstead, putNew, takeAway } from './put-in-place.ts';
import {
  isSameFile,
  isStill,
  MODE_BITS,
  sha256,
  withTarget,
  type Change,
  type Purpose,
  type Target,
} from './read-target.ts';
import { settlePath } from './settle-path.ts';
import { codeOf, Refused } from './write-refusal.ts';

export type { Change } from './read-target.ts';

/** @returns the digest of what stands there now; all of these throw {@link Refused} or the system's error */
export function replaceFile(change: Change, expected: string, bytes: Bytes): string {
  const { place, native } = change;
  const content = contentOf(bytes);
  const target = targetOf(change, expected, 'replace');
  const equip = ({ descriptor }: FileBeside): void => {
    giveOwner(descriptor, target);
    if (native !== null && place.userId !== null) giveAttributes(descriptor, target.attributes, native);
    // Last: a new owner takes bits off, and an access list has a say in them.
    fchmodSync(descriptor, target.mode);
  };
  return written(target.real, content, equip, (beside) => {
    // All that was looked at, once more: other programs have had some milliseconds.
    if (!isSameFile(targetOf(change, expected, 'replace'), target)) throw new Refused('changed');
    putInstead(beside, target.real, native, (file) => isStill(file, target, change));
  });
}

export function createFile({ asked, place }: Change, bytes: Bytes): string {
  const content = contentOf(bytes);
  const { real, isThere } = settlePath(asked, place);
  if (isThere) throw new Refused('changed');
  const equip = ({ descriptor }: FileBeside): void => {
    // The umask may have taken something off.
    fchmodSync(descriptor, 0o600);
  };
  return written(real, content, equip, (beside) => {
    if (settlePath(asked, place).real !== real) throw new Refused('changed');
    putNew(beside, real);
  });
}

export function changeMode(change: Change, expected: string, mode: number): string {
  const wanted = mode & MODE_BITS;
  const found = withTarget(change, 'change-mode', (target, descriptor) => {
    if (target.digest !== expected) throw new Refused('changed');
    try {
      fchmodSync(descriptor, wanted);
      fsyncSync(descriptor);
      const after = fstatSync(descriptor).mode & MODE_BITS;
      // The system may take bits off, such as that for a group which this user is not in.
      if (change.place.userId !== null && after !== wanted) throw new Refused('denied');
    } catch (error) {
      quietly(() => {
        fchmodSync(descriptor, target.mode);
      });
      throw error;
    }
    return target.digest;
  });
  if (found === null) throw new Refused('changed');
  return found;
}

export function removeFile(change: Change, expected: string): string {
  if (settlePath(change.asked, change.place).isLink) throw new Refused('changed');
  const target = targetOf(change, expected, 'replace');
  takeAway(target.real, (file) => isStill(file, target, change));
  syncFolder(path.dirname(target.real));
  return expected;
}

function targetOf(change: Change, expected: string, purpose: Purpose): Target {
  const target = withTarget(change, purpose, (found) => found);
  if (target?.digest !== expected) throw new Refused('changed');
  return target;
}

function contentOf(bytes: Bytes): Buffer {
  if (bytes.length > MOST_FILE_BYTES) throw new Refused('too-large');
  return Buffer.from(bytes, 'latin1');
}

/** Writes a file beside, has it put in its place, and makes that durable; or takes it away again. */
function written(
  real: string,
  content: Buffer,
  equip: (beside: FileBeside) => void,
  put: (beside: FileBeside) => void,
): string {
  const beside = makeBeside(real);
  try {
    writeAll(beside.descriptor, content);
    equip(beside);
    fsyncSync(beside.descriptor);
    verify(beside.descriptor, content);
    put(beside);
    syncFolder(path.dirname(real));
    return sha256(content);
  } catch (error) {
    discard(beside);
    throw error;
  } finally {
    closeSync(beside.descriptor);
  }
}

/** Only where it differs, as not everybody may, and it takes marks off. */
function giveOwner(descriptor: number, { stats }: Target): void {
  const { uid, gid } = fstatSync(descriptor, { bigint: true });
  if (uid === stats.uid && gid === stats.gid) return;
  try {
    fchownSync(descriptor, Number(stats.uid), Number(stats.gid));
  } catch (error) {
    throw codeOf(error) === 'EPERM' ? new Refused('attributes') : error;
  }
}
