import type { Conflict } from '../conflict.ts';
import { inEveryMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** macOS: the keychain and the file hold different logins; which one is used is decided per process. */
export const storesDiverge: ConflictRule = {
  code: 'stores-diverge',
  find: ({ facts }): readonly Conflict[] => {
    if (!facts.store.diverges) return [];
    const origin = facts.store.login?.reading.origin;
    return [
      inEveryMode(
        'stores-diverge',
        'warning',
        { source: 'claude-login', ...(origin === undefined ? {} : { origin }) },
        [
          { id: 'log-out', target: 'claude-login' },
          { id: 'log-in', target: 'claude-login' },
        ],
      ),
    ];
  },
};
