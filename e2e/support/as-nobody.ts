/** The account that owns nothing, by Linux's and macOS's oldest convention. */
const NOBODY = 65_534;

/**
 * Does something as a user whom permissions keep out, also when the tests run as root, whom they do not. For what is
 * synchronous only: the whole process is that user for so long.
 */
export function asNobody<T>(act: () => T): T {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(NOBODY);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}
