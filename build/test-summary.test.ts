import { expect, test } from 'vitest';
import {
  countsOfCheck,
  countsOfConformance,
  countsOfPlaywright,
  countsOfVitest,
  inWords,
  sumOf,
} from './test-summary.mjs';

type Report = NonNullable<Parameters<typeof countsOfVitest>[0]>;

const report = (counts: Partial<Report>, testResults: Report['testResults'] = []): Report => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  ...counts,
  testResults,
});

const brokenFile = { status: 'failed', assertionResults: [] };
const fileWithFailedTest = { status: 'failed', assertionResults: [{ status: 'failed' }] };

test.each([
  ['passed tests', report({ numPassedTests: 7 }), 0, '7 passed, 0 failed'],
  [
    'a failed test, counted once',
    report({ numPassedTests: 7, numFailedTests: 1 }, [fileWithFailedTest]),
    1,
    '7 passed, 1 failed',
  ],
  [
    'skipped and to do',
    report({ numPassedTests: 1, numPendingTests: 2, numTodoTests: 1 }),
    0,
    '1 passed, 0 failed, 3 skipped',
  ],
  ['a file that cannot be loaded', report({ numPassedTests: 7 }, [brokenFile]), 1, '7 passed, 1 failed'],
  ['an error outside of any test', report({ numPassedTests: 7 }), 1, '7 passed, 1 failed'],
  ['a run without tests', report({}), 0, '0 passed, 1 failed'],
  ['nothing but skipped tests', report({ numPendingTests: 3 }), 0, '0 passed, 1 failed, 3 skipped'],
  ['no report', undefined, 0, '0 passed, 1 failed'],
])('A vitest report with %s is counted.', (_, json, exitCode, words) => {
  expect(inWords(countsOfVitest(json, exitCode))).toBe(words);
});

test.each([
  [
    'the total, not the files',
    'a.jsonl: agree 3 of 3\nb.jsonl: agree 1 of 2\nagree 4 of 5\n',
    1,
    '4 passed, 1 failed',
  ],
  ['what was skipped', 'agree 4 of 4, 2 skipped\n', 0, '4 passed, 0 failed, 2 skipped'],
  ['a crash after the total', 'agree 4 of 4\n', 1, '4 passed, 1 failed'],
  ['a run over no world', 'agree 0 of 0\n', 0, '0 passed, 1 failed'],
  ['a run that said nothing', '', 0, '0 passed, 1 failed'],
])('A conformance run is counted: %s.', (_, output, exitCode, words) => {
  expect(inWords(countsOfConformance(output, exitCode))).toBe(words);
});

test('The last line adds up the steps and is silent about skipped tests when there are none.', () => {
  const steps = [countsOfCheck(0), countsOfCheck(2), { passed: 10, failed: 1, skipped: 0 }];
  expect(inWords(sumOf(steps))).toBe('11 passed, 2 failed');
  expect(inWords(sumOf([...steps, { passed: 0, failed: 0, skipped: 4 }]))).toBe(
    '11 passed, 2 failed, 4 skipped',
  );
});

const onHost = (
  host: string,
  stats: Partial<Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>>,
) => ({
  stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors: [],
  config: { metadata: { host } },
});

test.each([
  [
    'passed and skipped tests',
    onHost('stand-in', { expected: 4, skipped: 2 }),
    0,
    '4 passed, 0 failed, 2 skipped',
  ],
  ['a failed one', onHost('stand-in', { expected: 4, unexpected: 1 }), 1, '4 passed, 1 failed'],
  ['one that passes sometimes', onHost('stand-in', { expected: 4, flaky: 1 }), 0, '4 passed, 1 failed'],
  [
    'a file that does not load',
    { ...onHost('stand-in', { expected: 4 }), errors: ['x'] },
    1,
    '4 passed, 1 failed',
  ],
  ['a run without tests', onHost('stand-in', {}), 1, '0 passed, 1 failed'],
  ['no report', undefined, 1, '0 passed, 1 failed'],
])('A Playwright report with %s is counted.', (_, json, exitCode, words) => {
  expect(inWords(countsOfPlaywright(json, exitCode))).toBe(words);
});

test('A run that was to be on Electron and was not has failed.', () => {
  const counts = countsOfPlaywright(onHost('stand-in', { expected: 4 }), 0, 'electron');
  expect(counts).toMatchObject({ failed: 1, problem: 'it ran on stand-in, not on electron' });
  expect(countsOfPlaywright(onHost('electron', { expected: 4 }), 0, 'electron').failed).toBe(0);
});
