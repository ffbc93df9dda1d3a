import { configureGlobal, readConfigureGlobal } from 'fast-check';
import { expect } from 'vitest';

/** What edits people’s files is tried more often than the rest, every time. */
const EDITS = /[/\\]shared[/\\](core[/\\]remedies|usecases[/\\]changes)[/\\]/;
const RUNS_OF_EDITS = 1000;

/** `FAST_CHECK_RUNS=10000` makes every property test that names no number of its own run that often. */
const asked = process.env['FAST_CHECK_RUNS'];
const edits = EDITS.test(expect.getState().testPath ?? '');
if (asked !== undefined || edits) {
  configureGlobal({ ...readConfigureGlobal(), numRuns: Number(asked ?? RUNS_OF_EDITS) });
}
