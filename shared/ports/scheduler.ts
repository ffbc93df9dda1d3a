/** Timers, so that what waits can be tested without waiting. Nothing in Credence polls: each of these is asked for by an event. */
export interface Scheduler {
  /** Calls back once after so many milliseconds; returns what prevents that. */
  after(milliseconds: number, callback: () => void): () => void;
}
