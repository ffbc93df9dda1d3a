import { defineConfig } from '@playwright/test';
import { pickHost, useHost } from './e2e/host/pick-host.ts';

const host = pickHost();
useHost(host);

export default defineConfig({
  testDir: 'e2e/app',
  outputDir: 'out/e2e/results',
  // One Chromium at a time: machines that run this have other work too.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: 'out/e2e/report.json' }]],
  // Every line of the report names what it ran on.
  projects: [{ name: host.name }],
  metadata: { host: host.name },
});
