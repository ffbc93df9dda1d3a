import { defineConfig } from '@playwright/test';
import { hostInWords } from './e2e/host/host-in-words.ts';
import { pickHost, useHost } from './e2e/host/pick-host.ts';

const host = pickHost();
useHost(host);
// Playwright loads this anew in every worker.
const says = (process.env['CREDENCE_E2E_HOST_SAYS'] ??= hostInWords(host));

export default defineConfig({
  testDir: 'e2e/app',
  outputDir: 'out/e2e/results',
  // One Chromium at a time: machines that run this have other work too.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: 'out/e2e/report.json' }], ['./e2e/host/say-host-reporter.ts']],
  // Every line of the report names what it ran on.
  projects: [{ name: host.name }],
  metadata: { host: host.name, says },
});
