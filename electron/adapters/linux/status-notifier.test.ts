import { expect, test } from 'vitest';
import type { RunResult } from '../../../shared/ports/process-runner.ts';
import { madeUpEnvironment } from '../../../shared/testing/made-up-environment.ts';
import { statusNotifier } from './status-notifier.ts';

const ended = (output: string, exitCode = 0): RunResult => ({
  state: 'ended',
  exitCode,
  output,
  truncated: false,
  milliseconds: 1,
});

test.each<[string, RunResult, boolean | null]>([
  ['a desktop with a tray', ended('(true,)\n'), true],
  ['a desktop without one', ended('(false,)\n'), false],
  ['no session bus', ended('', 1), null],
  ['no such program', { state: 'not-started', milliseconds: 1 }, null],
  ['a bus that does not answer', { state: 'timed-out', milliseconds: 2_000 }, null],
])('Of %s it is told as far as it can be known.', async (_, result, told) => {
  const place = statusNotifier({
    processes: { run: () => Promise.resolve(result) },
    environment: madeUpEnvironment({}),
  });
  expect(await place.isThere()).toBe(told);
});
