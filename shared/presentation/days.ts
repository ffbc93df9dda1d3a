const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Dates before 2001 are mistakes: seconds for milliseconds, or a missing number. */
const EARLIEST = 1_000_000_000_000;
/** The last moment of the year 9999. */
const LATEST = 253_402_300_799_999;

/** Minutes that local time is ahead of UTC; a function where it changes with the season. */
export type UtcOffset = number | ((time: number) => number);

/** What dates are told against. */
export interface Calendar {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly utcOffsetMinutes: UtcOffset;
}

interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** Counts days, for comparing. */
  readonly dayNumber: number;
}

/** Whether a time can be shown as a date at all: what files say may be anything. */
export function isDate(time: number | null): time is number {
  return time !== null && time >= EARLIEST && time <= LATEST;
}

/** “13 December”; with the year when it is not the current one. */
export function formatDay(time: number, calendar: Calendar): string {
  const date = localDate(time, calendar);
  return withYear(`${date.day} ${MONTHS[date.month] ?? ''}`, date, calendar);
}

/** “10 to 13 December”, “30 November to 3 December”; one day when both are the same. */
export function formatDays(first: number, last: number, calendar: Calendar): string {
  const days = rangeOf(first, last, calendar);
  return days === null ? formatDay(last, calendar) : `${days[0]} to ${days[1]}`;
}

/** “between 10 and 13 December”, “on 13 December”. */
export function betweenDays(first: number, last: number, calendar: Calendar): string {
  const days = rangeOf(first, last, calendar);
  return days === null ? `on ${formatDay(last, calendar)}` : `between ${days[0]} and ${days[1]}`;
}

/** “14:03”. */
export function formatTime(time: number, calendar: Calendar): string {
  const { hour, minute } = localDate(time, calendar);
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** “at 14:03” today, else “on 13 December at 14:03”; for a latest moment “by …”. */
export function momentPhrase(time: number, calendar: Calendar, latest: boolean): string {
  const clock = formatTime(time, calendar);
  const today = localDate(time, calendar).dayNumber === localDate(calendar.now, calendar).dayNumber;
  if (today) return latest ? `by ${clock}` : `at ${clock}`;
  return `${latest ? 'by' : 'on'} ${formatDay(time, calendar)} at ${clock}`;
}

/** Both ends of a range, the first without what the last says for it. */
function rangeOf(first: number, last: number, calendar: Calendar): readonly [string, string] | null {
  const from = localDate(first, calendar);
  const to = localDate(last, calendar);
  if (from.dayNumber >= to.dayNumber) return null;
  const end = formatDay(last, calendar);
  if (from.year !== to.year) return [formatDay(first, calendar), end];
  return [from.month === to.month ? String(from.day) : `${from.day} ${MONTHS[from.month] ?? ''}`, end];
}

function withYear(text: string, date: LocalDate, calendar: Calendar): string {
  return date.year === localDate(calendar.now, calendar).year ? text : `${text} ${date.year}`;
}

function localDate(time: number, { utcOffsetMinutes }: Calendar): LocalDate {
  const offset = typeof utcOffsetMinutes === 'number' ? utcOffsetMinutes : utcOffsetMinutes(time);
  const local = time + offset * MINUTE;
  const date = new Date(local);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    dayNumber: Math.floor(local / DAY),
  };
}

const twoDigits = (count: number): string => String(count).padStart(2, '0');

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
