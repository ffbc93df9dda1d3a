const MINUTE = 60_000;
const A_DAY = 24 * 60 * MINUTE;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day as `2026-11-20`, its beginning in UTC: milliseconds since 1970; `null`: there is no such day. */
export function dayOf(text: string): number | null {
  const match = DAY.exec(text);
  if (match === null) return null;
  const [, year, month, day] = match.map(Number);
  const time = Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0);
  return new Date(time).toISOString().startsWith(text) ? time : null;
}

/**
 * The day that it is where a clock is ahead of UTC by that much, as {@link dayOf} has days.
 *
 * @param time milliseconds since 1970
 */
export function dayAt(time: number, offsetMinutes: number): number {
  return Math.floor((time + offsetMinutes * MINUTE) / A_DAY) * A_DAY;
}
