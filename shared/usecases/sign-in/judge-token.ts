import type { Clock } from '../../ports/clock.ts';
import type { OrganisationToken } from '../keyring-services/organisation-token.ts';

const MINUTE = 60 * 1000;
/** Claude Code keeps what a helper printed for five minutes, so it should be good for as long. */
const LONGEST_MARGIN = 5 * MINUTE;
/** Of a short life no more than this is given away. */
const MARGIN_PART = 0.2;
/** Where nothing tells how long it is good for: an hour is common, and an answer that keeps it shorter has to say so. */
const UNKNOWN_LIFE = 30 * MINUTE;
/** Clocks differ by so much; before that has passed too nobody is sent to sign in again. */
export const TOLERANCE = 5 * MINUTE;

export interface TokenJudgement {
  /** It is time for a new one. */
  readonly due: boolean;
  /** `surely`: also if clocks differ. `maybe`: by this machine’s clock. `no`, or not known: it may be used. */
  readonly ended: 'no' | 'maybe' | 'surely';
}

/** Pure but for asking the clock. */
export function judgeToken(token: OrganisationToken, clock: Clock): TokenJudgement {
  const age = ageOf(token, clock);
  const { lifetime } = token;
  if (lifetime === null) return { due: age === null || age >= UNKNOWN_LIFE, ended: 'no' };
  // The clock was set back by more than the token is old: a new token tells more than any guess.
  if (age === null) return { due: true, ended: 'no' };
  const margin = Math.min(LONGEST_MARGIN, lifetime * MARGIN_PART);
  return {
    due: age >= lifetime - margin,
    ended: age < lifetime ? 'no' : age < lifetime + TOLERANCE ? 'maybe' : 'surely',
  };
}

/**
 * Milliseconds since the token came; `null`: nobody can tell. Within one start of the machine by the time that it runs, which
 * nobody sets. Else by the clock; where starts are not told apart, no less than it runs.
 */
function ageOf({ obtainedAt, obtainedUptime }: OrganisationToken, clock: Clock): number | null {
  const { boot, milliseconds } = clock.uptime();
  const running = milliseconds - obtainedUptime.milliseconds;
  if (boot !== null && boot === obtainedUptime.boot) return Math.max(0, running);
  const byClock = clock.now() - obtainedAt;
  // Less than nothing: it has been started anew since.
  if (boot === null && obtainedUptime.boot === null && running >= 0 && running > byClock) return running;
  if (byClock < -TOLERANCE) return null;
  return Math.max(0, byClock);
}
