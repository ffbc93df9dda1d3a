import { stdin } from 'node:process';

export interface PasteInput {
  /** Gives the terminal back as it was. */
  stop(): void;
}

/** Milliseconds: what was pasted with line breaks in it comes in one go, and is one paste. */
const TOGETHER = 60;
/** A terminal marks what is pasted with these, once it is asked to. */
const BRACKETS = { on: '\u001b[?2004h', off: '\u001b[?2004l' } as const;
const CONTROL_C = '\u0003';
/** Longer ones are no address. */
const LONGEST = 65_536;

/**
 * Hands on what is typed or pasted, without showing it: it opens an account. In a terminal the keys come one by one, so Ctrl+C is a
 * character here.
 *
 * @param write to the terminal
 */
export function pasteInput(
  onPaste: (text: string) => void,
  onCancel: () => void,
  write: (text: string) => void,
): PasteInput {
  const { isTTY } = stdin;
  let text = '';
  let timer: NodeJS.Timeout | null = null;
  const hand = (): void => {
    timer = null;
    // eslint-disable-next-line no-control-regex -- the marks of a terminal around what is pasted
    const pasted = text.replace(/\u001b\[20[01]~/g, '');
    text = '';
    if (pasted.trim() !== '') onPaste(pasted);
  };
  const take = (chunk: string): void => {
    if (isTTY && chunk.includes(CONTROL_C)) {
      text = '';
      onCancel();
      return;
    }
    for (const character of chunk) {
      if (isTTY && (character === '\u007f' || character === '\b')) text = text.slice(0, -1);
      else if (text.length < LONGEST) text += character;
    }
    if (timer !== null) clearTimeout(timer);
    timer = /[\r\n]/.test(text) ? setTimeout(hand, TOGETHER) : null;
  };
  const end = (): void => {
    if (timer !== null) clearTimeout(timer);
    hand();
  };
  const restore = (): void => {
    if (!isTTY) return;
    stdin.setRawMode(false);
    write(BRACKETS.off);
  };
  if (isTTY) {
    stdin.setRawMode(true);
    write(BRACKETS.on);
    process.once('exit', restore);
  }
  stdin.setEncoding('utf8').on('data', take).on('end', end);
  // A closed or broken input is nobody who pastes.
  stdin.on('error', () => undefined);
  stdin.resume();
  return {
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      text = '';
      stdin.off('data', take).off('end', end).pause();
      // A pipe that stays open would keep the process.
      stdin.unref();
      restore();
      process.off('exit', restore);
    },
  };
}
