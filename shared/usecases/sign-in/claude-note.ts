import { isJsonObject, parseStrictJson } from '../../core/settings/json-value.ts';

/** What Credence remembers of Claude Code: the note `claude`. Nothing in it is secret. */
export interface ClaudeNote {
  /** The `claude` that the user chose, as an absolute path; `null`: whichever the search path leads to. */
  readonly program: string | null;
  /** When the user says that the setup token was made: milliseconds since 1970. */
  readonly setupTokenMadeAt: number | null;
}

export const EMPTY_CLAUDE_NOTE: ClaudeNote = { program: null, setupTokenMadeAt: null };

const SCHEMA_VERSION = 1;
/** What a date can hold: ECMAScript’s time values. */
const LATEST = 8.64e15;

/** What is missing, damaged or of a later version counts as not there: it can be told again. */
export function parseClaudeNote(text: string | null): ClaudeNote {
  if (text === null) return EMPTY_CLAUDE_NOTE;
  const parsed = parseStrictJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) return EMPTY_CLAUDE_NOTE;
  const { schemaVersion, program, setupTokenMadeAt } = parsed.value;
  if (schemaVersion !== SCHEMA_VERSION) return EMPTY_CLAUDE_NOTE;
  return {
    program: typeof program === 'string' && program !== '' ? program : null,
    setupTokenMadeAt: isTime(setupTokenMadeAt) ? setupTokenMadeAt : null,
  };
}

export function claudeNoteText({ program, setupTokenMadeAt }: ClaudeNote): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, program, setupTokenMadeAt }, null, 2)}\n`;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LATEST;
}
