import type { Origin } from '../../core/origin.ts';
import type { SettingsFile } from '../../core/settings/settings-file.ts';
import { originName, settingsFileName } from '../origin-label.ts';
import { printable } from '../printable.ts';
import { settingsFlaw, settingsReason } from '../settings-flaw.ts';
import { sentence } from '../sentence-case.ts';
import type { DescribeConflict } from './conflict-parts.ts';
import { placeOf, wholeFile } from './place-phrases.ts';

/** Conflicts about files. */

export const settingsFileDropped: DescribeConflict = ({ about }, facts) => {
  const { origin } = about;
  const reason = settingsReason(about.detail);
  const file = origin === undefined ? 'a settings file' : settingsFileName(origin, facts.place);
  return {
    title: 'A settings file is ignored as a whole',
    cause: sentence(`${file} ${settingsFlaw(reason, about.name ?? null)}`),
    consequence: afterDropping(origin, reason),
  };
};

/** What Claude Code does without the file; some it does not do without. */
function afterDropping(origin: Origin | undefined, reason: SettingsFile['reason']): string {
  const content = reason === 'not-json' || reason === 'not-an-object';
  if (origin?.scope === 'managed' && (content || reason === 'too-large'))
    return 'Claude Code does not start until an administrator has repaired it; older versions use nothing of it.';
  // Text on the command line must be JSON, a file named there must be readable (measured).
  const isFile = origin?.path !== undefined;
  const stops = isFile ? !content && reason !== 'wrong-type' : reason === 'not-json';
  return origin?.scope === 'flag' && stops
    ? 'Claude Code does not start with it.'
    : 'Claude Code uses nothing of it.';
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
