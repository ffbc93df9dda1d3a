/** Numbers of Chromium's network errors. */
const NUMBERS: Readonly<Record<string, number>> = {
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
};
const ERR_FAILED = -2;

/** What Electron's `loadURL` rejects with. */
export interface LoadFailure extends Error {
  readonly code: string;
  readonly errno: number;
  readonly url: string;
}

/** @param error as Chromium names it, such as `net::ERR_ABORTED` */
export function loadFailure(error: string, url: string): LoadFailure {
  const code = error.replace(/^net::/, '');
  const errno = NUMBERS[code] ?? ERR_FAILED;
  return Object.assign(new Error(`${code} (${String(errno)}) loading '${url}'`), { code, errno, url });
}
