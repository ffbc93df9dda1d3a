/** What is left of a program’s output once everything that only moves or colours is gone. */
export type VisibleEvent =
  | { readonly kind: 'text'; readonly text: string }
  /** The line goes on below. */
  | { readonly kind: 'line-end' }
  /** What follows stands elsewhere: the cursor went, or something was erased. */
  | { readonly kind: 'jump' }
  /** Where a hyperlink leads (OSC 8). */
  | { readonly kind: 'target'; readonly address: string };

/** How far into a sequence the output is. Plain data, so that a piece may end anywhere. */
export interface EscapeState {
  readonly at: 'text' | 'return' | 'escape' | 'sequence' | 'command' | 'command-escape' | 'other-escape';
  /** Of an operating system command, bounded. */
  readonly held: string;
}

export const NO_ESCAPE: EscapeState = { at: 'text', held: '' };

/** A longer command is not a link that could be used; what follows counts as text again. */
const LONGEST_COMMAND = 4096;
/** Colours, modes and questions: they leave the cursor where it is. */
const STAYS = /^[mhlnqtrsuc]$/;

/** What is text in one go. */
// eslint-disable-next-line no-control-regex -- those are what it is not
const PLAIN = /[^\u0000-\u001f\u007f-\u009f]+/y;

/** What no program writes but to put the cursor elsewhere, or by mistake: a run of it means what one of it does. */
// eslint-disable-next-line no-control-regex -- those are what it is
const CONTROLS = /[\u0000-\u0006\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]+/y;

/** Reads on. However the text is cut into pieces, the same is told: only runs of text come in other pieces. */
export function readText(state: EscapeState, text: string, tell: (event: VisibleEvent) => void): EscapeState {
  let now = state;
  let at = 0;
  while (at < text.length) {
    const run = now.at === 'text' ? runAt(PLAIN, text, at) : 0;
    const controls = now.at === 'text' && run === 0 ? runAt(CONTROLS, text, at) : 0;
    if (run > 0) tell({ kind: 'text', text: text.slice(at, at + run) });
    else if (controls > 0) tell({ kind: 'jump' });
    else now = readCharacter(now, text.charAt(at), tell);
    at += Math.max(run, controls, 1);
  }
  return now;
}

/** How many characters there are of it. */
function runAt(kind: RegExp, text: string, at: number): number {
  kind.lastIndex = at;
  return kind.exec(text)?.[0].length ?? 0;
}

/**
 * Reads one character more. Sequences of ECMA-48 in both spellings (`ESC [` and its single character); whatever is not one is
 * passed over, so that no output can bring it out of step for longer than a line.
 */
function readCharacter(
  state: EscapeState,
  character: string,
  tell: (event: VisibleEvent) => void,
): EscapeState {
  switch (state.at) {
    case 'text':
      return readPlain(character, tell);
    case 'return':
      // Alone it goes back to the start of the line, to write it anew.
      if (character === '\r') return state;
      tell(character === '\n' ? { kind: 'line-end' } : { kind: 'jump' });
      return character === '\n' ? NO_ESCAPE : readPlain(character, tell);
    case 'escape':
      return readEscape(character, tell);
    case 'other-escape':
      // The one character that `ESC ( B` and its like have left.
      return NO_ESCAPE;
    case 'sequence':
      if (character === '\n' || character === '\u001b') return readPlain(character, tell);
      if (!/[@-~]/.test(character)) return state;
      if (!STAYS.test(character)) tell({ kind: 'jump' });
      return NO_ESCAPE;
    case 'command':
      if (character === '\u0007' || character === '\u009c') return endCommand(state.held, tell);
      if (character === '\u001b') return { at: 'command-escape', held: state.held };
      // Never ended: a line must not take all that follows with it.
      if (character === '\n' || state.held.length >= LONGEST_COMMAND) return readPlain(character, tell);
      return { at: 'command', held: state.held + character };
    case 'command-escape':
      if (character === '\\') return endCommand(state.held, tell);
      return readEscape(character, tell);
  }
}

function readPlain(character: string, tell: (event: VisibleEvent) => void): EscapeState {
  switch (character) {
    case '\n':
      tell({ kind: 'line-end' });
      return NO_ESCAPE;
    case '\r':
      return { at: 'return', held: '' };
    case '\u001b':
      return { at: 'escape', held: '' };
    case '\u009b':
      return { at: 'sequence', held: '' };
    case '\u0090':
    case '\u0098':
    case '\u009d':
    case '\u009e':
    case '\u009f':
      return { at: 'command', held: '' };
    case '\t':
      tell({ kind: 'text', text: ' ' });
      return NO_ESCAPE;
    case '\u0007':
      return NO_ESCAPE;
    default:
      tell(/\p{Cc}/u.test(character) ? { kind: 'jump' } : { kind: 'text', text: character });
      return NO_ESCAPE;
  }
}

function readEscape(character: string, tell: (event: VisibleEvent) => void): EscapeState {
  if (character === '[') return { at: 'sequence', held: '' };
  if (/[\]PX^_]/.test(character)) return { at: 'command', held: character };
  if (character === '\n' || character === '\u001b' || character === '\r') return readPlain(character, tell);
  if (/[ -/]/.test(character)) return { at: 'other-escape', held: '' };
  if (/[78DEHMc]/.test(character)) tell({ kind: 'jump' });
  return NO_ESCAPE;
}

function endCommand(held: string, tell: (event: VisibleEvent) => void): EscapeState {
  const address = /^\]?8;[^;]*;(.+)$/s.exec(held)?.[1];
  if (address !== undefined) tell({ kind: 'target', address });
  return NO_ESCAPE;
}
