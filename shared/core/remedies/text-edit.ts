/**
 * The bytes of a file as text, one character for each (latin1). Edits work on this, so that whatever they do not touch stays
 * equal, in any encoding, with its line ends, its byte order mark and its last newline or none. As secret as the file.
 */
export type Bytes = string;

/** Replaces `[start, end)` of the bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: Bytes;
}

/** What is to become of each place that sets one of the names. */
export type EditHow =
  /** The line stays to be read, behind a marker; places whose syntax has no comments remove it instead and say so. */
  | { readonly kind: 'comment-out' }
  | { readonly kind: 'remove' }
  /** The value becomes what a command prints when it is run; the place quotes the words as its syntax asks. */
  | { readonly kind: 'look-up'; readonly command: readonly string[] };

export interface EditRequest {
  readonly names: readonly string[];
  readonly how: EditHow;
  /** Stands in what is left behind, so that a person finds what did this, as in `# credence 7f3a: …`. ASCII, without spaces. */
  readonly marker: string;
}

export interface EditResult {
  /** In order, not overlapping. None: nothing is to be done, or nothing can be. */
  readonly spans: readonly Span[];
  readonly done: readonly EditedLine[];
  readonly left: readonly LeftLine[];
}

export interface EditedLine {
  readonly name: string;
  /** 1-based, in the file as it was: where the statement starts. */
  readonly line: number;
  readonly action: 'commented-out' | 'removed' | 'looked-up';
  /** The value that was there, as the reader of the file would take it. Secret; `null`: it had none, as `export NAME`. */
  readonly value: Bytes | null;
}

/** A place that sets one of the names and was not touched, because it cannot be shown that the rest would stay the same. */
export interface LeftLine {
  readonly name: string;
  readonly line: number;
  readonly why: LeftReason;
}

export const LEFT_REASONS = [
  /** It may not run: a condition, a loop, a function, behind `&&`. Without it the block might be empty, or mean another thing. */
  'conditional',
  /** Its value depends on an expansion or on a command, so it holds no secret of its own. */
  'computed',
  /** Other things happen on the same line. */
  'shared-line',
  /** It goes over several lines. */
  'several-lines',
  /** It holds for one command only. */
  'one-command',
  /** The file cannot be read as what it should be. */
  'malformed',
  /** Its bytes are of an encoding that edits cannot keep. */
  'encoding',
  /** Another statement reads it, and would change with it. */
  'used-later',
  /** The file’s syntax cannot express what was asked. */
  'not-possible',
] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

/** One kind of place: how its text is edited. Pure, and never throws, whatever the text is. */
export type EditText = (bytes: Bytes, request: EditRequest) => EditResult;

/** The bytes with the spans replaced. */
export function applySpans(bytes: Bytes, spans: readonly Span[]): Bytes {
  let result = '';
  let at = 0;
  for (const { start, end, text } of spans) {
    result += bytes.slice(at, start) + text;
    at = end;
  }
  return result + bytes.slice(at);
}

/** Nothing to do here. */
export const NO_EDIT: EditResult = { spans: [], done: [], left: [] };
