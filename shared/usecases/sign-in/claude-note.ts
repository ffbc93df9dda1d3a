import type { Fingerprint } from '../../core/secret.ts';
import { isJsonObject, parseStrictJson } from '../../core/settings/json-value.ts';

/** What Credence remembers of Claude Code: the note `claude`. Nothing in it is secret. */
export interface ClaudeNote {
  /** The `claude` that the user chose, as an absolute path; `null`: whichever the search path leads to. */
  readonly program: string | null;
  /** The day that the user says the setup token was made, its beginning in UTC: milliseconds since 1970. */
  readonly setupTokenMadeAt: number | null;
  /** The token that the day is for; left out: none was set when the day was told, so it is for whichever is. */
  readonly setupToken?: Fingerprint;
}

export const EMPTY_CLAUDE_NOTE: ClaudeNote = { program: null, setupTokenMadeAt: null };

/** In Credence’s own folder. */
export const CLAUDE_NOTE_FILE = 'logins.json';

const SCHEMA_VERSION = 1;
/** What a date can hold: ECMAScript’s time values. */
const LATEST = 8.64e15;

/** What is missing, damaged or of a later version counts as not there: it can be told again. */
export function parseClaudeNote(text: string | null): ClaudeNote {
  const parsed = text === null ? null : parseStrictJson(text);
  if (parsed?.ok !== true || !isJsonObject(parsed.value)) return EMPTY_CLAUDE_NOTE;
  const { schemaVersion, program, setupTokenMadeAt, setupToken } = parsed.value;
  if (schemaVersion !== SCHEMA_VERSION) return EMPTY_CLAUDE_NOTE;
  return {
    program: typeof program === 'string' && program !== '' ? program : null,
    setupTokenMadeAt: isTime(setupTokenMadeAt) ? setupTokenMadeAt : null,
    ...(typeof setupToken === 'string' && setupToken !== '' ? { setupToken: setupToken as Fingerprint } : {}),
  };
}

export function claudeNoteText({ program, setupTokenMadeAt, setupToken }: ClaudeNote): string {
  const token = setupToken === undefined ? {} : { setupToken };
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, program, setupTokenMadeAt, ...token }, null, 2)}\n`;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LATEST;
}
