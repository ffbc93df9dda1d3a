import type { Conflict } from '../conflict.ts';
import type { Origin } from '../origin.ts';
import { inEveryMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** A settings file is not strict JSON, has one wrong type, or cannot be read, so all of it is ignored, silently. */
export const settingsFileDropped: ConflictRule = {
  code: 'settings-file-dropped',
  find: ({ facts }): readonly Conflict[] =>
    facts.settingsFiles
      .filter(({ state }) => state === 'dropped' || state === 'unreadable')
      .map(({ scope, path, realPath, reason, key }) => {
        const origin: Origin = {
          kind: 'settings',
          scope,
          ...(path === null ? {} : { path }),
          ...(realPath === null ? {} : { realPath }),
        };
        return inEveryMode(
          'settings-file-dropped',
          // A managed one keeps the program from starting at all (measured).
          scope === 'managed' ? 'critical' : 'warning',
          { origin, detail: reason ?? 'failed', ...(key === null ? {} : { name: key }) },
          [{ id: 'repair-settings-file', origin }],
        );
      }),
};
