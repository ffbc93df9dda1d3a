import { clocksOf } from '../clocks.ts';
import type { Conflict, Severity } from '../conflict.ts';
import type { Expiry } from '../expiry.ts';
import type { Facts } from '../facts.ts';
import { perMode, type ConflictView } from './conflict-rule.ts';

/** The clock of the login itself, not of its access token. */
export function loginClock(facts: Facts): Expiry | null {
  return clocksOf(facts).find(({ source, kind }) => source === 'claude-login' && kind === 'login') ?? null;
}

/** Loud where the login is what is sent, quiet where something else is. */
export function loginConflict(
  code: 'login-ending' | 'login-ended',
  view: ConflictView,
  severity: Severity,
  clock: Expiry,
): readonly Conflict[] {
  const origin = view.facts.store.login?.reading.origin;
  return perMode(
    code,
    view,
    (verdict, mode) => {
      if (mode === 'bare') return null;
      const used = verdict.authorization?.source === 'claude-login';
      return {
        key: used ? 'used' : 'unused',
        severity: used ? severity : 'info',
        about: {
          source: 'claude-login',
          ...(origin === undefined ? {} : { origin }),
          ...(clock.at === null ? {} : { time: clock.at }),
          detail: clock.state,
        },
        remedies: [{ id: 'log-in', target: 'claude-login' }],
      };
    },
    ['interactive', 'print'],
  );
}
