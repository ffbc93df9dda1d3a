import type { Fingerprint } from '../../core/secret.ts';
import { isJsonObject, parseStrictJson } from '../../core/settings/json-value.ts';

/** What Credence remembers of Claude Code because a person said so. Not secret. */
export interface ClaudeNote {
  /** The program that the user chose: absolute; `null`: the one that is found. */
  readonly program: string | null;
  /** The day that a setup token was made, its beginning in UTC: milliseconds since 1970. */
  readonly setupTokenMadeAt: number | null;
  /** The token that the day is for; left out: none was set when the day was named, so it is for whichever is. */
  readonly setupToken?: Fingerprint;
}

export const NO_CLAUDE_NOTE: ClaudeNote = { program: null, setupTokenMadeAt: null };

/** In Credence’s own folder. */
export const CLAUDE_NOTE_FILE = 'logins.json';

const SCHEMA_VERSION = 1;

/** Whatever is not as written here counts as not there: it is a note, and can be made again. */
export function parseClaudeNote(text: string | null): ClaudeNote {
  const parsed = text === null ? null : parseStrictJson(text);
  if (parsed?.ok !== true || !isJsonObject(parsed.value)) return NO_CLAUDE_NOTE;
  const { schemaVersion, program, setupTokenMadeAt, setupToken } = parsed.value;
  if (schemaVersion !== SCHEMA_VERSION) return NO_CLAUDE_NOTE;
  return {
    program: typeof program === 'string' && program !== '' ? program : null,
    setupTokenMadeAt: typeof setupTokenMadeAt === 'number' ? setupTokenMadeAt : null,
    ...(typeof setupToken === 'string' && setupToken !== '' ? { setupToken: setupToken as Fingerprint } : {}),
  };
}

export function claudeNoteText({ program, setupTokenMadeAt, setupToken }: ClaudeNote): string {
  const note = {
    schemaVersion: SCHEMA_VERSION,
    program,
    setupTokenMadeAt,
    ...(setupToken === undefined ? {} : { setupToken }),
  };
  return `${JSON.stringify(note, null, 2)}\n`;
}
