/**
 * The arithmetic of `npm test`. A mistake here would be silent, so every way in which a step can end without having
 * tested anything counts as a failure.
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string} [problem] why something counts as failed that no test reported
 */

/**
 * What is used here of the report that vitest's `json` reporter writes.
 *
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly { status: string, assertionResults: readonly { status: string }[] }[]} testResults by file
 */

/**
 * What is used here of the report that Playwright's `json` reporter writes.
 *
 * @typedef {object} PlaywrightReport
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {readonly unknown[]} errors outside of any test
 * @property {{ metadata?: { host?: string, says?: string } }} config
 */

/**
 * A step that either holds or does not, such as the linter.
 *
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countsOfCheck(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {VitestReport | undefined} report undefined when vitest wrote none
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countsOfVitest(report, exitCode) {
  if (report === undefined) return failedWith('vitest wrote no report');
  // A file that cannot be loaded fails without a single failed test in it.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return settle(counts, exitCode);
}

/**
 * @param {PlaywrightReport | undefined} report undefined when Playwright wrote none
 * @param {number} exitCode
 * @param {string | undefined} [wanted] the host that the run was told to take
 * @returns {Counts}
 */
export function countsOfPlaywright(report, exitCode, wanted) {
  if (report === undefined) return failedWith('Playwright wrote no report');
  const { expected, unexpected, flaky, skipped } = report.stats;
  // What passes only sometimes has not passed.
  const counts = { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
  const host = report.config.metadata?.host;
  if (wanted !== undefined && host !== wanted) {
    return { ...counts, failed: counts.failed + 1, problem: `it ran on ${String(host)}, not on ${wanted}` };
  }
  return settle(counts, exitCode);
}

/**
 * @param {string} output ends with a line such as `agree 1200 of 1200`, or `agree 1190 of 1190, 10 skipped`
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countsOfConformance(output, exitCode) {
  const totals = [...output.matchAll(/\bagree (\d+) of (\d+)(?:, (\d+) skipped)?/g)].at(-1);
  if (totals === undefined) return failedWith('no line said how many worlds agree');
  const [, agreed = '0', of = '0', skipped = '0'] = totals;
  const passed = Number(agreed);
  return settle({ passed, failed: Number(of) - passed, skipped: Number(skipped) }, exitCode);
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function sumOf(all) {
  return all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** @param {Counts} counts */
export function inWords({ passed, failed, skipped }) {
  const words = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped === 0 ? words : `${words}, ${String(skipped)} skipped`;
}

/**
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
function settle(counts, exitCode) {
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, problem: 'no test ran' };
  if (exitCode !== 0 && counts.failed === 0) {
    return { ...counts, failed: 1, problem: `no test failed, but the exit code was ${String(exitCode)}` };
  }
  return counts;
}

/**
 * @param {string} problem
 * @returns {Counts}
 */
function failedWith(problem) {
  return { passed: 0, failed: 1, skipped: 0, problem };
}
