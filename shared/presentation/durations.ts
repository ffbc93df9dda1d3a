const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A length of time in the largest unit of which there are at least two: “12 days”, “36 hours”, “90 minutes”, “20 seconds”.
 *
 * @param round `down` never promises more than there is; `up` is for “within …”
 */
export function durationPhrase(milliseconds: number, round: 'down' | 'up' = 'down'): string {
  const length = Math.abs(milliseconds);
  const whole = round === 'up' ? Math.ceil : Math.floor;
  for (const [unit, name] of UNITS) {
    if (length >= 2 * unit) return `${whole(length / unit)} ${name}s`;
  }
  const seconds = whole(length / 1000);
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

const UNITS: readonly (readonly [number, string])[] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
];

/** “in 12 days”, “3 hours ago”. */
export function relativePhrase(time: number, now: number): string {
  return time >= now ? `in ${durationPhrase(time - now)}` : `${durationPhrase(now - time)} ago`;
}
