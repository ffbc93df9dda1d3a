import { NEWEST_RECORDED, versionNumbers } from '../../core/rules/versions.ts';
import { printable } from '../printable.ts';
import { sentence } from '../sentence-case.ts';
import type { DescribeConflict } from './conflict-parts.ts';

/** Conflicts about how far the rules reach. */

export const versionUnknown: DescribeConflict = ({ about }) => {
  const version = printable(about.name ?? '', 24);
  const title = 'The rules may not hold for this version';
  if (versionNumbers(about.name ?? '') === null) {
    return {
      title,
      cause: sentence(`“${version}” is not a version of Claude Code that can be told apart`),
      consequence: sentence(`the answer uses the rules of ${NEWEST_RECORDED}, and they may not hold`),
    };
  }
  const [older = NEWEST_RECORDED, newer] = (about.detail ?? '').split(' ');
  return newer === undefined
    ? {
        title,
        cause: sentence(
          `Claude Code ${version} is older than ${older}, the oldest version that was recorded`,
        ),
        consequence: sentence(`the answer uses the rules of ${older}, and they may not hold`),
      }
    : {
        title,
        cause: sentence(
          `Claude Code ${version} lies between ${older} and ${newer}, which answer differently here`,
        ),
        consequence: sentence(`the answer uses the rules of ${older} where nothing better is known`),
      };
};

export const versionNewerThanRules: DescribeConflict = ({ about }) => ({
  title: 'This version came after the rules',
  cause: sentence(
    `Claude Code ${printable(about.name ?? '', 24)} is newer than ${about.detail ?? NEWEST_RECORDED}, the newest version that was recorded`,
  ),
  consequence: 'The answer uses its rules; whether they still hold has not been seen.',
});

export const statusDisagrees: DescribeConflict = () => ({
  title: '“claude auth status” says something else',
  cause: '“claude auth status” names another credential than the one that the rules say is sent.',
  consequence: 'The rules follow what recorded versions really sent; this version may differ.',
});
