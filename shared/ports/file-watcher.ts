/**
 * Tells when something at one of many paths may have changed: written, replaced, made, removed, or reached through another
 * link. Paths need not exist. It says where to look again and nothing else: who is told reads for himself, and
 * then names the paths anew, for a link may lead elsewhere by now.
 */
export interface FileWatcher {
  /** Watches these paths and no others from now on; of the listed folders also what comes and goes in them. */
  watch(paths: ReadonlySet<string>, listed: ReadonlySet<string>): void;
  /** Calls the listener with each watched path that an event was about; `null` when the system did not say which. */
  onChange(listener: (path: string | null) => void): void;
  /** `limited`: the system has no more watches to give, so changes can be missed. */
  readonly state: 'watching' | 'limited';
  close(): void;
}
