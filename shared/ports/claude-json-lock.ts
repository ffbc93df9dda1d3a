/**
 * The lock that Claude Code itself takes before it changes `.claude.json`: a folder beside it, made by whoever holds it. Measured
 * with 2.1.328: it is called `<path>.lock` after the path as it is asked for, links not followed; who holds it renews its time of
 * change every 5 s; one whose time is more than 10 s ago is taken for left behind, removed and taken over; one dated in the
 * future never is. Claude Code tries for about 15 s, then goes without saving. The very first `.claude.json` of all is made
 * without the lock, and never over one that is there.
 */
export interface ClaudeJsonLock {
  /**
   * Runs something while no Claude Code changes the file. Waits for whoever else holds the lock; never removes a lock of
   * another. What `run` throws is thrown on, after the lock is let go.
   *
   * @param path of the file, as Claude Code names it: not where links lead
   * @param milliseconds how long to wait at most
   */
  hold<T>(path: string, milliseconds: number, run: (held: HeldLock) => Promise<T>): Promise<Holding<T>>;
  /**
   * Takes away a lock that a killed run of Credence has left, which would keep everybody from saving, and what was interrupted
   * from being taken back. Never that of another, nor one of which it cannot be told whose it is. Only for who is alone among
   * Credence’s own runs.
   *
   * @returns whether there was one
   */
  sweep(path: string): Promise<boolean>;
}

export interface HeldLock {
  /** `false` when another program took the lock over, as after a long sleep of the machine: nothing may be written then. */
  readonly isOurs: () => boolean;
}

export type Holding<T> =
  | {
      readonly state: 'held';
      readonly value: T;
      /** It was ours until the end. */
      readonly kept: boolean;
    }
  | {
      /** Somebody else held it until the end of the wait. */
      readonly state: 'busy';
      readonly dated: LockDate;
    }
  /** The folder of the file is not there, may not be written to, or something else goes by the name of the lock. */
  | { readonly state: 'refused'; readonly why: 'no-folder' | 'denied' | 'not-a-lock' | 'failed' };

/**
 * `now`: at work. `old`: left behind, and the next Claude Code to write something removes it. `future`: nobody ever removes it,
 * not even Claude Code, which cannot save anything until a person does.
 */
export type LockDate = 'now' | 'old' | 'future';

/** From when on Claude Code takes a lock for left behind (measured): milliseconds. */
export const OLD_LOCK = 10_000;
/** Those who take a lock date it up to a second ahead (measured); and clocks of file servers are not quite right. */
export const FUTURE_LOCK = 5_000;

/** @param age milliseconds since it was renewed; negative: dated in the future */
export function lockDate(age: number): LockDate {
  if (age > OLD_LOCK) return 'old';
  return age < -FUTURE_LOCK ? 'future' : 'now';
}
