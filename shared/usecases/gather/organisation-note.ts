import type { HelperSetting } from '../../core/facts.ts';
import { ownFolder, pathStyle } from '../../core/known-folders.ts';
import { joinPath } from '../../core/paths.ts';
import { parseOrganisationNotes } from '../../core/sign-in/organisation-notes.ts';
import type { OrganisationNote } from '../../core/sign-in/organisation-sign-in.ts';
import type { Environment } from '../../ports/environment.ts';
import type { FilePass } from './file-pass.ts';

/** As `OwnNotes` keeps it. */
const NOTE = 'organisations.json';

/** What is noted of the sign-in whose token the helper in force prints. Where it prints another’s, no file is read. */
export function readOrganisationNote(
  pass: FilePass,
  { platform, variables, home }: Environment,
  helpers: readonly HelperSetting[],
): OrganisationNote | null {
  const name = helpers.at(-1)?.organisation ?? null;
  if (name === null || home === null) return null;
  const path = joinPath(pathStyle(platform), ownFolder(platform, variables, home), NOTE);
  return parseOrganisationNotes(pass.text(path)).find(({ provider }) => provider === name) ?? null;
}
