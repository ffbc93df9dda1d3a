export interface Clock {
  /** Milliseconds since 1970, by the system's clock. */
  now(): number;
  /** Runs on evenly while the system’s clock is set, and through sleep. */
  uptime(): Uptime;
}

export interface Uptime {
  /** Tells one start of the machine from another; `null` where the system does not tell. */
  readonly boot: string | null;
  /** Since that start. */
  readonly milliseconds: number;
}
