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
  /** Or for the token that takes the place of this one, which was still set when the other had just been made. */
  readonly setupTokenBefore?: Fingerprint;
}

export const EMPTY_CLAUDE_NOTE: ClaudeNote = { program: null, setupTokenMadeAt: null };

const SCHEMA_VERSION = 1;
/** What a date can hold: ECMAScript’s time values. */
const LATEST = 8.64e15;

/** What is missing, damaged or of a later version counts as not there: it can be told again. */
export function parseClaudeNote(text: string | null): ClaudeNote {
  const parsed = text === null ? null : parseStrictJson(text);
  if (parsed?.ok !== true || !isJsonObject(parsed.value)) return EMPTY_CLAUDE_NOTE;
  const { schemaVersion, program, setupTokenMadeAt, setupToken, setupTokenBefore } = parsed.value;
  if (schemaVersion !== SCHEMA_VERSION) return EMPTY_CLAUDE_NOTE;
  return {
    program: typeof program === 'string' && program !== '' ? program : null,
    setupTokenMadeAt: isTime(setupTokenMadeAt) ? setupTokenMadeAt : null,
    ...(isFingerprint(setupToken) ? { setupToken } : {}),
    ...(isFingerprint(setupTokenBefore) ? { setupTokenBefore } : {}),
  };
}

export function claudeNoteText({
  program,
  setupTokenMadeAt,
  setupToken,
  setupTokenBefore,
}: ClaudeNote): string {
  const token = setupToken === undefined ? {} : { setupToken };
  const before = setupTokenBefore === undefined ? {} : { setupTokenBefore };
  const note = { schemaVersion: SCHEMA_VERSION, program, setupTokenMadeAt, ...token, ...before };
  return `${JSON.stringify(note, null, 2)}\n`;
}

/** Whether the day in a note is that of this token. */
export function isDayOf({ setupToken, setupTokenBefore }: ClaudeNote, token: Fingerprint | null): boolean {
  return setupToken === undefined
    ? setupTokenBefore === undefined || setupTokenBefore !== token
    : setupToken === token;
}

function isFingerprint(value: unknown): value is Fingerprint {
  return typeof value === 'string' && value !== '';
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LATEST;
}
