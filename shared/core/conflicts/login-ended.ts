import type { ConflictRule } from '../conflict-finding/conflict-rule.ts';
import { loginClock, loginConflict } from '../conflict-finding/login-clock.ts';

/** The login has ended, or its last possible day has passed. */
export const loginEnded: ConflictRule = {
  code: 'login-ended',
  find: (view) => {
    const clock = loginClock(view.facts);
    if (clock === null || view.facts.store.login?.reading.flaw === 'login-stub') return [];
    const ended = clock.state === 'ended' || clock.state === 'probably-ended';
    return ended ? loginConflict('login-ended', view, 'critical', clock) : [];
  },
};
