import type { Conflict } from '../conflict.ts';
import { NEWEST_RECORDED, coverageOf } from '../rules/versions.ts';
import { inEveryMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** This version came after the last recording: nothing speaks against the rules, but nobody has looked. */
export const versionNewerThanRules: ConflictRule = {
  code: 'version-newer-than-rules',
  find: ({ claudeCode }): readonly Conflict[] =>
    coverageOf(claudeCode.version).kind === 'newer'
      ? [
          inEveryMode(
            'version-newer-than-rules',
            'info',
            { name: claudeCode.version, detail: NEWEST_RECORDED },
            [{ id: 'update-credence' }],
          ),
        ]
      : [],
};
