import type { Conflict } from '../conflict.ts';
import { inEveryMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** A file that holds a credential may be read by other users of the machine. */
export const looseFileMode: ConflictRule = {
  code: 'loose-file-mode',
  find: ({ facts }): readonly Conflict[] => {
    const loose = facts.secretFiles.filter(({ readableByOthers }) => readableByOthers);
    const paths = new Map(loose.map((file) => [file.origin.path, file]));
    return [...paths.values()].map(({ origin, mode }) =>
      inEveryMode('loose-file-mode', 'warning', { origin, detail: mode.toString(8).padStart(4, '0') }, [
        { id: 'narrow-file-mode', origin },
      ]),
    );
  },
};
