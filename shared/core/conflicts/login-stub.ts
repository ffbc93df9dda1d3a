import type { Conflict } from '../conflict.ts';
import { inEveryMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** The store was blanked in place: it still parses, and holds no token. */
export const loginStub: ConflictRule = {
  code: 'login-stub',
  find: ({ facts, verdicts }): readonly Conflict[] => {
    const reading = facts.store.login?.reading;
    if (reading?.flaw !== 'login-stub') return [];
    const needed = verdicts.print.refuses === 'not-logged-in';
    return [
      inEveryMode(
        'login-stub',
        needed ? 'critical' : 'info',
        { source: 'claude-login', origin: reading.origin },
        [{ id: 'log-in', target: 'claude-login' }],
      ),
    ];
  },
};
