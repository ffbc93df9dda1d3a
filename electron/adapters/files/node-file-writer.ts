import path from 'node:path';
import { accessSync, constants, statSync, unlinkSync } from 'node:fs';
import type { FileLook, FileWriter, WriteAnswer } from '../../../shared/ports/file-writer.ts';
import { changeMode, createFile, removeFile, replaceFile, type Change } from './change-file.ts';
import { leftBeside, quietly, syncFolder } from './file-beside.ts';
import { nativeFiles } from './native-files.ts';
import { withTarget, type Target } from './read-target.ts';
import { settlePath, type WriterPlace } from './settle-path.ts';
import { refusalOf } from './write-refusal.ts';

/**
 * Changes files so that they are never half changed. All that it asks of the system is synchronous: a handful of calls for a
 * small file, and whoever breaks each of them in turn finds them in the same order every time.
 */
export function nodeFileWriter(place: WriterPlace): FileWriter {
  const answer = async (asked: string, act: (change: Change) => string): Promise<WriteAnswer> => {
    const native = await nativeFiles();
    try {
      return { ok: true, digest: act({ asked, place, native }) };
    } catch (error) {
      return { ok: false, why: refusalOf(error) };
    }
  };
  return {
    look: async (asked) => {
      const native = await nativeFiles();
      try {
        const change = { asked, place, native };
        return withTarget<FileLook>(change, 'replace', lookOf) ?? lookAtNothing(change);
      } catch (error) {
        return { state: 'refused', why: refusalOf(error) };
      }
    },
    replace: (asked, expected, bytes) =>
      answer(asked, (change) =>
        expected === null ? createFile(change, bytes) : replaceFile(change, expected, bytes),
      ),
    changeMode: (asked, expected, mode) => answer(asked, (change) => changeMode(change, expected, mode)),
    remove: (asked, expected) => answer(asked, (change) => removeFile(change, expected)),
    sweep: (asked) => Promise.resolve(sweep(asked, place)),
  };
}

function sweep(asked: string, place: WriterPlace): number {
  try {
    const { real } = settlePath(asked, place);
    const removed = leftBeside(real, place.userId).filter((file) =>
      quietly(() => {
        unlinkSync(file);
      }),
    );
    if (removed.length > 0) syncFolder(path.dirname(real));
    return removed.length;
  } catch {
    return 0;
  }
}

function lookOf({ bytes, digest, mode, real }: Target): FileLook {
  return { state: 'file', bytes: bytes.toString('latin1'), digest, mode, realPath: real };
}

/** A file can be made there, or there is no folder yet for it. */
function lookAtNothing({ asked, place }: Change): FileLook {
  const folder = path.dirname(settlePath(asked, place).real);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true)
    accessSync(folder, constants.W_OK | constants.X_OK);
  return { state: 'absent' };
}
