import type { Expiry } from '../../core/expiry.ts';
import type { ClockEnd, Clocks } from '../../ipc/snapshot.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { formatDay, isDate, type Calendar } from '../days.ts';
import { expirySentence } from '../expiry-sentences.ts';

const DAY = 24 * 60 * 60_000;
const DAYS = 30;

/** The next 30 days: what ends, as a range where only a latest day is known; what renews itself is told quietly. */
export function clocksView({ expiry, facts }: Inspection, calendar: Calendar): Clocks {
  const shown = expiry.filter(({ state }) => state !== 'renews-itself' && state !== 'unknown');
  const quiet = expiry.filter(({ state }) => state === 'renews-itself');
  return {
    title: 'Next 30 days',
    ticks: Array.from({ length: DAYS + 1 }, (_, day) => ({
      at: day / DAYS,
      label: tickLabel(day, calendar),
    })),
    ends: shown.map((clock, at): ClockEnd => ({
      key: `${clock.kind}-${String(at)}`,
      says: expirySentence(clock, facts, calendar),
      ...spanOf(clock, calendar),
      tone: clock.state === 'fine' ? 'ink' : clock.state === 'ended' ? 'red' : 'amber',
    })),
    quiet: quiet.length === 0 ? null : quiet.map((clock) => expirySentence(clock, facts, calendar)).join(' '),
  };
}

/** A label each week; the last one would leave the strip. */
function tickLabel(day: number, calendar: Calendar): string | null {
  if (day === 0) return 'Today';
  if (day % 7 !== 0) return null;
  return formatDay(calendar.now + day * DAY, calendar).replace(/^(\d+ \p{L}{3})\p{L}*/u, '$1');
}

/** Where it lies within the strip; `null`: outside of it. */
function spanOf({ earliest, at }: Expiry, { now }: Calendar): Pick<ClockEnd, 'from' | 'to'> {
  if (!isDate(at)) return { from: null, to: null };
  const place = (time: number): number => (time - now) / (DAYS * DAY);
  const last = place(at);
  const first = isDate(earliest) ? place(earliest) : last;
  if (first > 1 || last < 0) return { from: null, to: null };
  return { from: Math.max(0, first), to: Math.min(1, last) };
}
