import type { ConflictDetails } from '../../core/conflict.ts';
import { originName, settingsFileName } from '../origin-label.ts';
import { printable } from '../printable.ts';
import { sentence } from '../sentence-case.ts';
import type { DescribeConflict } from './conflict-parts.ts';
import { placeOf, wholeFile } from './place-phrases.ts';

/** Conflicts about files. */

export const settingsFileDropped: DescribeConflict = ({ about }, facts) => {
  const file = about.origin === undefined ? 'a settings file' : settingsFileName(about.origin, facts.place);
  const stops = about.origin?.scope === 'managed' && DROPPED.has(about.detail ?? '');
  return {
    title: 'A settings file is ignored as a whole',
    cause: sentence(`${file} ${flawOf(about)}`),
    consequence: stops
      ? 'Claude Code does not start until an administrator has repaired it.'
      : 'Claude Code uses nothing of it.',
  };
};

/** What is wrong with the content, not with reading it. */
const DROPPED: ReadonlySet<string> = new Set(['not-json', 'not-an-object', 'wrong-type']);

function flawOf({ detail, name }: ConflictDetails): string {
  switch (detail) {
    case 'not-json':
      return 'is not valid JSON';
    case 'not-an-object':
      return 'holds no JSON object';
    case 'wrong-type':
      return name === undefined
        ? 'has a value of the wrong type'
        : `gives “${printable(name)}” a value of the wrong type`;
    case 'denied':
      return 'may not be read by this user';
    case 'too-large':
      return 'is larger than 2 MiB';
    case 'not-a-file':
      return 'is not a file';
    case 'link-loop':
      return 'is a link that leads in a circle';
    case undefined:
    default:
      return 'could not be read';
  }
}

export const secretInSharedFile: DescribeConflict = ({ about }, facts) => {
  const name = about.origin === undefined ? null : originName(about.origin);
  return {
    title: 'Git tracks a file with a credential in it',
    cause: sentence(
      `${placeOf(about.origin, facts)} holds ${isVariable(name) ? name : 'a credential'} in clear, and git tracks that file`,
    ),
    consequence: 'Everybody who gets the repository gets it too.',
  };
};

/** Members such as that of the login have names that say nothing to a person. */
const isVariable = (name: string | null): name is string => name !== null && /^[A-Z][A-Z0-9_]+$/.test(name);

export const looseFileMode: DescribeConflict = ({ about }, facts) => ({
  title: 'Others can read a credential',
  cause: sentence(
    `${wholeFile(about.origin, facts)} holds a credential and has mode ${printable(about.detail ?? 'unknown', 8)}`,
  ),
  consequence: 'Other users of this computer may be able to read it.',
});
