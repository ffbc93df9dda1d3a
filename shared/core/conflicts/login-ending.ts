import type { ConflictRule } from '../conflict-finding/conflict-rule.ts';
import { loginClock, loginConflict } from '../conflict-finding/login-clock.ts';

/** The login ends within days: only a new one helps, refreshing does not move the date. */
export const loginEnding: ConflictRule = {
  code: 'login-ending',
  find: (view) => {
    const clock = loginClock(view.facts);
    return clock?.state === 'ending-soon' ? loginConflict('login-ending', view, 'warning', clock) : [];
  },
};
