const SECOND = 1_000;

/** How long something takes by now: “0:28”, “12:05”, “1:02:03”. */
export function elapsedTime(milliseconds: number): string {
  const { hours, minutes, seconds } = parts(milliseconds);
  const clock = `${hours === 0 ? String(minutes) : twoDigits(minutes)}:${twoDigits(seconds)}`;
  return hours === 0 ? clock : `${String(hours)}:${clock}`;
}

/** How long something goes on: “in 4 min 32 s”, “in 1 h 2 min”, “now”. */
export function remainingTime(milliseconds: number): string {
  const { hours, minutes, seconds } = parts(milliseconds);
  if (hours > 0) return `in ${String(hours)} h ${String(minutes)} min`;
  if (minutes > 0) return `in ${String(minutes)} min ${String(seconds)} s`;
  return seconds === 0 ? 'now' : `in ${String(seconds)} s`;
}

function parts(milliseconds: number): { hours: number; minutes: number; seconds: number } {
  const whole = Math.max(0, Math.floor(milliseconds / SECOND));
  return { hours: Math.floor(whole / 3600), minutes: Math.floor(whole / 60) % 60, seconds: whole % 60 };
}

const twoDigits = (count: number): string => String(count).padStart(2, '0');
