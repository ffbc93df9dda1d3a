import { clocksOf } from '../clocks.ts';
import type { Facts, LoginFacts } from '../facts.ts';

/** The Claude login, if a session could use it now. */
export function workingLogin(facts: Facts): LoginFacts | null {
  const { login } = facts.store;
  if (login?.reading.flaw !== null) return null;
  const clock = clocksOf(facts).find(({ source, kind }) => source === 'claude-login' && kind === 'login');
  return clock?.state === 'ended' || clock?.state === 'probably-ended' ? null : login;
}
