import type { Layer } from '../../core/facts.ts';
import { ownFolder, pathStyle } from '../../core/known-folders.ts';
import { joinPath } from '../../core/paths.ts';
import { effective } from '../../core/settings/effective.ts';
import { OAUTH_TOKEN } from '../../core/sources/oauth-token.ts';
import type { Ports } from '../../ports/ports.ts';
import { NOTE_FILES } from '../../ports/own-notes.ts';
import { isDayOf, parseClaudeNote } from '../sign-in/claude-note.ts';
import type { FilePass } from './file-pass.ts';

/** Characters; a note is a line or two. */
const NOTE_LIMIT = 64 * 1024;

/**
 * The day that the user named for the setup token in force. Who has no such token pays nothing for it; who has one gets one file
 * more to look at, which the tray then watches like the others.
 */
export function setupTokenDay(
  { environment }: Pick<Ports, 'environment'>,
  pass: FilePass,
  layers: readonly Layer[],
): number | null {
  const token = effective(layers, OAUTH_TOKEN)?.entry;
  if (token?.state !== 'value' || environment.home === null) return null;
  const { platform, variables, home } = environment;
  const path = joinPath(pathStyle(platform), ownFolder(platform, variables, home), NOTE_FILES.claude);
  const note = parseClaudeNote(pass.text(path, NOTE_LIMIT));
  return isDayOf(note, token.fingerprint) ? note.setupTokenMadeAt : null;
}
