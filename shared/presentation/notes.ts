import type { Surface } from '../core/context.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { printable } from './printable.ts';
import { isHome } from './refusal-sentences.ts';
import { sentence } from './sentence-case.ts';
import { shortPath } from './short-path.ts';

/** Something worth knowing about the answer that is no conflict. */
export interface Note {
  /** Stable. */
  readonly code: NoteCode;
  readonly message: string;
}

export const NOTE_CODES = [
  'version-assumed',
  'helper-not-run',
  'home-folder-asks',
  'gateway-session-possible',
  'two-config-files',
  'shell-no-answer',
  'container-inside',
  'vscode-assumed',
  'desktop-app-reads-none',
  'no-home',
  'fingerprints-this-run',
] as const;
export type NoteCode = (typeof NOTE_CODES)[number];

/** The notes for one answer, in a fixed order; each is true and says something that the rest does not. */
export function notesOf(inspection: Inspection): readonly Note[] {
  return NOTE_CODES.flatMap((code): readonly Note[] => {
    const message = NOTES[code](inspection);
    return message === null ? [] : [{ code, message: sentence(message) }];
  });
}

/** The message, or `null` where the note does not apply. */
const NOTES: { readonly [Code in NoteCode]: (inspection: Inspection) => string | null } = {
  'version-assumed': ({ context: { claudeCode } }) =>
    claudeCode.from === 'assumed'
      ? `the installed version of Claude Code could not be told, so the answer is for ${printable(claudeCode.version, 24)}`
      : null,

  'helper-not-run': ({ verdict }) => {
    const { authorization, xApiKey } = answeredVerdict(verdict);
    return [authorization, xApiKey].some((slot) => slot?.helper === 'not-run' && slot.run === null)
      ? 'the API key helper was not run; --run-helper runs it once, as Claude Code would'
      : null;
  },

  'home-folder-asks': ({ verdict, facts }) =>
    verdict.asks === 'folder-trust' && isHome(facts)
      ? 'Claude Code never keeps trust for the home folder, so it asks here each time'
      : null,

  'gateway-session-possible': ({ facts }) =>
    facts.store.otherKeys.length > 0
      ? 'the login store has an entry of a kind that is not known; if it is a gateway session, that is used before everything else'
      : null,

  'two-config-files': ({ facts: { claudeJson, place } }) =>
    claudeJson.shadowedPath === null
      ? null
      : `Claude Code uses ${shortPath(claudeJson.path, place)} and takes no notice of ${shortPath(claudeJson.shadowedPath, place)}`,

  'shell-no-answer': ({ facts }) => SHELL_ANSWERS[facts.shell],

  'container-inside': ({ facts: { place } }) =>
    place.insideContainer && FROM_OUTSIDE.includes(place.surface)
      ? 'this runs inside a container, so the answer is for the container and not for its host'
      : null,

  'vscode-assumed': ({ facts }) => (facts.place.surface === 'vscode' ? vscodeAssumption(facts) : null),

  'desktop-app-reads-none': ({ facts }) =>
    facts.place.surface === 'desktop'
      ? 'the Claude Desktop app reads none of these variables, nor the helper; it has a login of its own'
      : null,

  'no-home': ({ facts }) =>
    facts.place.home === null
      ? 'no home folder is known, so the files of a home folder were looked for in this folder'
      : null,

  'fingerprints-this-run': ({ facts }) =>
    facts.fingerprintKey === 'this-run'
      ? 'the key for fingerprints could not be kept, so word pairs cannot be compared with those of another run'
      : null,
};

/** What starts Claude Code on a host: in a container none of it is there. */
const FROM_OUTSIDE: readonly Surface[] = ['desktop', 'vscode', 'scheduled'];

/** What became of `--ask-shell`. */
const SHELL_ANSWERS: Readonly<Record<Inspection['facts']['shell'], string | null>> = {
  'not-asked': null,
  answered: null,
  'timed-out': 'the login shell did not answer in time, so its start-up files were only read',
  'not-started': 'the login shell could not be started, so its start-up files were only read',
  'no-answer':
    'the login shell gave no answer that could be understood, so its start-up files were only read',
};

/** The environment of the editor depends on who started it, and only a variable in it shows which one was taken. */
function vscodeAssumption({ layers }: Inspection['facts']): string {
  const entries = Object.values(layers.find(({ id }) => id === 'base')?.entries ?? {});
  if (entries.some(({ origin }) => origin.kind === 'process'))
    return 'VS Code is taken to have this terminal’s variables; started from the desktop, it has those of the session';
  return entries.some(({ origin }) => origin.kind !== 'vscode')
    ? 'VS Code is taken to be started from the desktop; started from a terminal, it has that terminal’s variables as well'
    : 'VS Code has the variables of whatever starts it, so a start from a terminal and one from the desktop may differ';
}
