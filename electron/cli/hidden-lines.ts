/** Lines that are typed or piped in, none of which is shown. */
export interface HiddenLines {
  /** Gives the terminal back as it was. */
  close(): void;
}

export interface HiddenListener {
  /** Without its line end. May be secret. */
  readonly line: (text: string) => void;
  /** Ctrl+C, which a terminal does not make a signal of while nothing is shown. */
  readonly interrupt: () => void;
  /** The terminal was closed. Only the shell is told by a signal, and may keep it to itself. */
  readonly hungUp: () => void;
  /** There is no terminal, and no line comes any more. */
  readonly over?: () => void;
}

/** Characters; what is longer is no line of a person. */
const LONGEST = 16_384;

/**
 * Reads standard input without showing it: in a terminal nothing of what is typed or pasted stands on the screen, nor in what it
 * keeps of it. Where there is no terminal, lines are taken as they come, and their end ends nothing.
 */
export function hiddenLines(
  input: NodeJS.ReadStream,
  { line, interrupt, hungUp, over = () => undefined }: HiddenListener,
): HiddenLines {
  const isTerminal = input.isTTY;
  let typed = '';
  const end = (): void => {
    const text = typed;
    typed = '';
    if (text.trim() !== '') line(text);
  };
  const read = (text: string): void => {
    const last = text.length - 1;
    for (const [at, character] of Array.from(text).entries()) {
      const isEnd = character === '\n' || character === '\r';
      // In a terminal what comes in one go was pasted: a line end within it is one of wrapping.
      if (isEnd && (!isTerminal || at >= last)) end();
      else if (isTerminal && character === '\u0003') interrupt();
      else if (isTerminal && (character === '\u007f' || character === '\b')) typed = typed.slice(0, -1);
      else if (isTerminal && character === '\u0015') typed = '';
      else if (typed.length < LONGEST) typed += character;
    }
  };
  const ended = (): void => {
    if (isTerminal) hungUp();
    else over();
  };
  if (isTerminal) input.setRawMode(true);
  input.setEncoding('utf8').on('data', read).on('end', ended).on('error', ended).resume();
  return {
    close: () => {
      input.off('data', read).off('end', ended);
      if (isTerminal) input.setRawMode(false);
      // Else an open pipe would keep this process from ending. A file has nothing to let go of.
      input.pause();
      if ('unref' in input) input.unref();
      typed = '';
    },
  };
}
