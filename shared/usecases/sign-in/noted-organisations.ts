import {
  areOfLaterVersion,
  organisationNotesText,
  parseOrganisationNotes,
  type NotedOrganisation,
} from '../../core/sign-in/organisation-notes.ts';
import type { TokenPorts } from './token-ports.ts';

/** What is known of each sign-in without the keychain: an index, which names at least everything that is in there. */
export interface NotedOrganisations {
  all(): readonly NotedOrganisation[];
  /** A later version wrote it: this one does not know what is in it, and leaves it as it is. */
  isOfLaterVersion(): boolean;
  find(provider: string): NotedOrganisation | null;
  /** Of several that write at once none is lost. `false`: it could not be noted. */
  put(note: NotedOrganisation): Promise<boolean>;
  drop(provider: string): Promise<boolean>;
}

/** All sign-ins are in one note, so beside the lock of each there is one for that. */
const LOCK = 'organisations';
const PATIENCE = 5_000;

export function notedOrganisations({
  notes,
  locks,
}: Pick<TokenPorts, 'notes' | 'locks'>): NotedOrganisations {
  const all = (): readonly NotedOrganisation[] => parseOrganisationNotes(notes.read('organisations'));
  const isOfLaterVersion = (): boolean => areOfLaterVersion(notes.read('organisations'));
  const change = async (
    edit: (before: readonly NotedOrganisation[]) => readonly NotedOrganisation[],
  ): Promise<boolean> => {
    const done = await locks.alone(LOCK, PATIENCE, () => {
      if (isOfLaterVersion()) return Promise.resolve(false);
      const text = organisationNotesText(edit(all()));
      return Promise.resolve(text === notes.read('organisations') || notes.write('organisations', text));
    });
    return done === true;
  };
  return {
    all,
    isOfLaterVersion,
    find: (provider) => all().find((note) => note.provider === provider) ?? null,
    put: (note) => change((before) => [...before.filter(({ provider }) => provider !== note.provider), note]),
    drop: (name) => change((before) => before.filter(({ provider }) => provider !== name)),
  };
}
