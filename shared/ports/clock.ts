export interface Clock {
  /** Milliseconds since 1970, by the system's clock. */
  now(): number;
}
