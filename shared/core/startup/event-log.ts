import type { ShellEvent } from './shell-events.ts';

/** More than any start-up file needs: the events of functions that are called must not multiply without end. */
const MOST_REPEATED = 10_000;

/** What the statements read so far do, with what is learnt about them afterwards. */
export class EventLog {
  readonly events: ShellEvent[] = [];
  /** First and last index of each run of events that are scoped already, so that none is visited twice. */
  readonly #scopedRuns: number[] = [];
  #repeated = 0;

  /** Everything since the event `start` turns out to run in a process of its own. */
  scopeFrom(start: number): void {
    const runs = this.#scopedRuns;
    const last = this.events.length - 1;
    if (last < start) return;
    let index = last;
    for (;;) {
      if (runs.at(-1) === index) {
        runs.pop();
        index = (runs.pop() ?? 0) - 1;
      } else if (index >= start) {
        const event = this.events[index];
        if (event !== undefined) event.scoped = true;
        index--;
      } else {
        break;
      }
    }
    runs.push(index + 1, last);
  }

  /** Everything since the event `start` may not run. */
  doubtFrom(start: number): void {
    for (const event of this.events.slice(start)) event.conditional = true;
  }

  /**
   * The events of a function, when it is called.
   *
   * @param repeated told of each event and its copy, whose scope it may change
   */
  repeat(first: number, end: number, repeated: (event: ShellEvent, copy: ShellEvent) => void): void {
    const events = this.events.slice(first, Math.min(end, first + MOST_REPEATED - this.#repeated));
    this.#repeated += events.length;
    for (const event of events) {
      if (event.scoped) continue;
      const copy = { ...event, conditional: true };
      this.events.push(copy);
      repeated(event, copy);
    }
  }
}
