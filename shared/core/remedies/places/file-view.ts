import type { Bytes, LeftLine } from '../text-edit.ts';

/**
 * The text of a file as the readers of start-up files take it, with Unix line ends, and the way back to its bytes. Offsets
 * are of `text` unless a name says otherwise; lines count from 1 and are the same in both.
 */
export interface FileView {
  readonly bytes: Bytes;
  /** A byte order mark is one character; a byte 0xA0 is another letter, because patterns would take it for a blank. */
  readonly text: string;
  readonly lines: number;
  /** Some lines end in one way, some in the other. */
  readonly mixedLineEnds: boolean;
  startOfLine(line: number): number;
  /** The line without its end, and without a byte order mark. */
  textOfLine(line: number): string;
  lineAt(offset: number): number;
  bytesOfLine(line: number): LineBytes;
  byteAt(offset: number): number;
  bytesOf(part: string): Bytes;
}

/** Offsets of bytes. */
export interface LineBytes {
  /** Behind a byte order mark. */
  readonly start: number;
  /** In front of the line end. */
  readonly contentEnd: number;
  /** Behind the line end, where there is one. */
  readonly end: number;
}

const MARK = '\xEF\xBB\xBF';
const HARD_BLANK = '\xA0';
/** A letter of the same length that no pattern takes for a blank, and that no byte is. */
const STAND_IN = '\u01A0';

/** Null for bytes of an encoding that is not made of ASCII and more. */
export function viewFile(bytes: Bytes): FileView | null {
  if (isForeign(bytes)) return null;
  const markLength = bytes.startsWith(MARK) ? MARK.length : 0;
  const byteStarts: number[] = [markLength];
  const contentEnds: number[] = [];
  const starts: number[] = [markLength === 0 ? 0 : 1];
  let windows = 0;
  for (let newline = bytes.indexOf('\n'); newline >= 0; newline = bytes.indexOf('\n', newline + 1)) {
    const start = byteStarts.at(-1) ?? 0;
    const carriage = newline > start && bytes.charCodeAt(newline - 1) === 0x0d ? 1 : 0;
    windows += carriage;
    contentEnds.push(newline - carriage);
    starts.push((starts.at(-1) ?? 0) + newline - carriage - start + 1);
    byteStarts.push(newline + 1);
  }
  contentEnds.push(bytes.length);
  const unix = (markLength === 0 ? '' : '\uFEFF') + bytes.slice(markLength).replaceAll('\r\n', '\n');
  const text = unix.replaceAll(HARD_BLANK, STAND_IN);

  function lineAt(offset: number): number {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  function bytesOfLine(line: number): LineBytes {
    return {
      start: byteStarts[line - 1] ?? bytes.length,
      contentEnd: contentEnds[line - 1] ?? bytes.length,
      end: byteStarts[line] ?? bytes.length,
    };
  }

  return {
    bytes,
    text,
    lines: starts.length,
    mixedLineEnds: windows > 0 && windows < starts.length - 1,
    startOfLine: (line) => starts[line - 1] ?? text.length,
    textOfLine: (line) => {
      const start = starts[line - 1] ?? text.length;
      return text.slice(start, line < starts.length ? (starts[line] ?? text.length) - 1 : text.length);
    },
    lineAt,
    bytesOfLine,
    byteAt: (offset) => {
      const line = lineAt(offset);
      return (byteStarts[line - 1] ?? 0) + offset - (starts[line - 1] ?? 0);
    },
    bytesOf: (part) => part.replaceAll(STAND_IN, HARD_BLANK),
  };
}

/** The lines that speak of the names in a text of an encoding that edits cannot keep. */
export function leftForeign(bytes: Bytes, names: readonly string[]): LeftLine[] {
  const left: LeftLine[] = [];
  bytes
    .replaceAll('\0', '')
    .split('\n')
    .forEach((text, index) => {
      for (const name of names) {
        if (name !== '' && text.includes(name)) left.push({ name, line: index + 1, why: 'encoding' });
      }
    });
  return left;
}

/** UTF-16 and UTF-32, with their marks or seen by their zeros; also anything that is no text at all. */
function isForeign(bytes: Bytes): boolean {
  return bytes.startsWith('\xFF\xFE') || bytes.startsWith('\xFE\xFF') || bytes.includes('\0');
}
