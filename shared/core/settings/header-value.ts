/** Beside tabs, Latin-1 without its lower control characters (measured). */
const NOT_SENDABLE = /[^\t\x20-\x7e\x80-\xff]/;

/** Whether a header can carry a value: Claude Code fails the request where one cannot (measured). */
export function isSendable(value: string): boolean {
  return !NOT_SENDABLE.test(value);
}
