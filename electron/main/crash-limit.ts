/** So many in one minute, and the page is not brought back by itself any more. */
const MOST = 3;
const MINUTE = 60_000;

/**
 * Counts crashes of the window’s page.
 *
 * @param now milliseconds since 1970
 */
export function crashLimit(now: () => number): { readonly isOneTooMany: () => boolean } {
  let times: readonly number[] = [];
  return {
    isOneTooMany: () => {
      const at = now();
      times = [...times.filter((time) => at - time < MINUTE), at];
      return times.length > MOST;
    },
  };
}
