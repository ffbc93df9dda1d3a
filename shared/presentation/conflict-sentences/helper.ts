import { durationPhrase } from '../durations.ts';
import { helperProblem } from '../helper-problems.ts';
import { printable } from '../printable.ts';
import { sentence } from '../sentence-case.ts';
import type { DescribeConflict } from './conflict-parts.ts';
import { placeOf } from './place-phrases.ts';

/** Conflicts that a run of the helper shows, and the one that is known without. */

/** Older versions fail the request, newer ones send an empty value; none of them falls back. */
const NO_WAY_BACK = 'Claude Code puts nothing else into the headers that its output would fill.';

export const helperFailing: DescribeConflict = ({ about }, facts) => {
  const where = `the API key helper in ${placeOf(about.origin, facts)}`;
  const name = about.name === undefined ? null : printable(about.name, 40);
  return name === null
    ? {
        title: 'The API key helper fails',
        cause: sentence(`${where} ${helperProblem(about.detail)}`),
        consequence: NO_WAY_BACK,
      }
    : {
        title: `The sign-in to ${name} has ended`,
        cause: sentence(`${where} has no token of ${name} to print`),
        consequence: NO_WAY_BACK,
      };
};

export const helperUnusableOutput: DescribeConflict = ({ about }, facts) => ({
  title: 'The API key helper’s output is not usable',
  cause: sentence(`the API key helper in ${placeOf(about.origin, facts)} ${helperProblem(about.detail)}`),
  consequence: NO_WAY_BACK,
});

export const helperSlow: DescribeConflict = ({ about }, facts) => {
  const where = `the API key helper in ${placeOf(about.origin, facts)}`;
  const time = about.time === undefined ? 'over 10 seconds' : durationPhrase(about.time);
  return about.detail === 'timed-out'
    ? {
        title: 'The API key helper does not end',
        cause: sentence(`${where} had not ended after ${time}, and Credence waited no longer`),
        consequence: 'Claude Code waits for ten minutes, and then sends an empty value.',
      }
    : {
        title: 'The API key helper is slow',
        cause: sentence(`${where} took ${time}`),
        consequence: 'Claude Code shows a notice after 10 seconds, and requests may have to wait.',
      };
};
