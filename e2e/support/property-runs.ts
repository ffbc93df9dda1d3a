/** `FAST_CHECK_RUNS=10000` makes every property test that names no number of its own run that often. */
const runs = process.env['FAST_CHECK_RUNS'];
if (runs !== undefined) {
  const { configureGlobal, readConfigureGlobal } = await import('fast-check');
  configureGlobal({ ...readConfigureGlobal(), numRuns: Number(runs) });
}

export {};
