import type { Conflict } from '../conflict.ts';
import { inEveryMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** A literal credential stands in a file that git tracks: everybody who clones the repository has it. */
export const secretInSharedFile: ConflictRule = {
  code: 'secret-in-shared-file',
  find: ({ facts }): readonly Conflict[] =>
    facts.secretFiles
      .filter(({ tracked }) => tracked)
      .map(({ origin }) =>
        inEveryMode('secret-in-shared-file', 'critical', { origin, ...named(origin.name) }, [
          { id: 'move-to-keychain', ...target(origin.name), origin },
          { id: 'untrack-file', origin },
        ]),
      ),
};

const named = (name: string | undefined) => (name === undefined ? {} : { name });
const target = (name: string | undefined) => (name === undefined ? {} : { target: name });
