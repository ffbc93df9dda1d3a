/** Whether there is time for every combination, as in `npm run nightly`; otherwise each fault is tried somewhere. */
export const isNightly = Number(process.env['FAST_CHECK_RUNS'] ?? 0) >= 10_000;
