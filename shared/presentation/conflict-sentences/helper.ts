import { durationPhrase } from '../durations.ts';
import { helperProblem } from '../helper-problems.ts';
import { sentence } from '../sentence-case.ts';
import type { DescribeConflict } from './conflict-parts.ts';
import { placeOf } from './place-phrases.ts';

/** Conflicts that a run of the helper shows. */

/** Older versions fail the request, newer ones send an empty value; none of them falls back. */
const NO_WAY_BACK = 'Claude Code puts nothing else into the headers that its output would fill.';

export const helperFailing: DescribeConflict = ({ about }, facts) => ({
  title: 'The API key helper fails',
  cause: sentence(`the API key helper in ${placeOf(about.origin, facts)} ${helperProblem(about.detail)}`),
  consequence: NO_WAY_BACK,
});

export const helperUnusableOutput: DescribeConflict = ({ about }, facts) => ({
  title: 'The API key helper’s output is not usable',
  cause: sentence(`the API key helper in ${placeOf(about.origin, facts)} ${helperProblem(about.detail)}`),
  consequence: NO_WAY_BACK,
});

export const helperSlow: DescribeConflict = ({ about }, facts) => ({
  title: 'The API key helper is slow',
  cause: sentence(
    `the API key helper in ${placeOf(about.origin, facts)} took ${about.time === undefined ? 'over 10 seconds' : durationPhrase(about.time)}`,
  ),
  consequence: 'Claude Code shows a notice after 10 seconds, and requests may have to wait.',
});
