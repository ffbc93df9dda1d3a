import { defineConfig } from 'vitest/config';

/** Generous: these tests start shells and programs on machines that have other work too. */
const PATIENCE = 60_000;

const common = {
  environment: 'node' as const,
  setupFiles: ['e2e/support/no-real-home.ts', 'e2e/support/property-runs.ts'],
  testTimeout: PATIENCE,
  hookTimeout: PATIENCE,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: [
            'shared/**/*.test.ts',
            'electron/**/*.test.ts',
            'build/**/*.test.ts',
            'renderer/**/*.test.ts',
            'e2e/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['e2e/**/*.spec.ts'],
          exclude: ['e2e/app/**', 'e2e/window/**'],
        },
      },
    ],
  },
});
