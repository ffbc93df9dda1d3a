export interface SecondCounter {
  /** Prints above the counter, which stands on a line of its own. */
  readonly above: (text: string) => void;
  readonly stop: () => void;
}

const CLEAR_LINE = '\r\u001b[K';

/**
 * Shows how long somebody has been waited for, where a terminal can overwrite its line; elsewhere it only prints.
 *
 * @param write to that terminal
 */
export function secondCounter(
  write: (text: string) => void,
  { isTTY }: { readonly isTTY?: boolean },
): SecondCounter {
  const started = performance.now();
  let isShown = false;
  const clear = (): void => {
    if (isShown) write(CLEAR_LINE);
    isShown = false;
  };
  const show = (): void => {
    const seconds = Math.floor((performance.now() - started) / 1000);
    write(`${CLEAR_LINE}Waiting for ${seconds === 1 ? '1 second' : `${String(seconds)} seconds`} …`);
    isShown = true;
  };
  const timer = isTTY === true ? setInterval(show, 1000) : null;
  return {
    above: (text) => {
      clear();
      write(text);
    },
    stop: () => {
      if (timer !== null) clearInterval(timer);
      clear();
    },
  };
}
