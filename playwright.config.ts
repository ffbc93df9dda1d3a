import { defineConfig } from '@playwright/test';
import { findChromium } from './e2e/host/chromium/find-chromium.mjs';
import { hostInWords } from './e2e/host/host-in-words.ts';
import { pickHost, useHost } from './e2e/host/pick-host.ts';

const host = pickHost();
useHost(host);
// Playwright loads this anew in every worker.
const says = (process.env['CREDENCE_E2E_HOST_SAYS'] ??= hostInWords(host));

const chromium = findChromium(process.env);

export default defineConfig({
  outputDir: 'out/e2e/results',
  // Beside them lie unit tests of their tools.
  testMatch: '**/*.spec.ts',
  // One Chromium at a time: machines that run this have other work too.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: 'out/e2e/report.json' }], ['./e2e/host/say-host-reporter.ts']],
  projects: [
    // Every line of the report names what it ran on.
    { name: host.name, testDir: 'e2e/app' },
    // The window alone, in the system’s Chromium, with made-up snapshots.
    {
      name: 'window',
      testDir: 'e2e/window',
      use: {
        launchOptions: {
          ...(chromium === undefined ? {} : { executablePath: chromium }),
          // Its sandbox wants privileges that containers and root have not; what is shown is only ours.
          args: ['--no-sandbox', '--disable-dev-shm-usage'],
        },
      },
    },
  ],
  metadata: { host: host.name, says },
});
