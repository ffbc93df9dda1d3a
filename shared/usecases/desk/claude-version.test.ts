import { expect, test } from 'vitest';
import { madeUpEnvironment } from '../../testing/made-up-environment.ts';
import type { RunRequest, RunResult } from '../../ports/process-runner.ts';
import { versionAsker } from './claude-version.ts';

const installed = { path: '/bin/claude', realPath: '/opt/claude', version: null };

function asked(output: string, changedAt: () => number = () => 1) {
  const runs: RunRequest[] = [];
  const result: RunResult = { state: 'ended', exitCode: 0, output, truncated: false, milliseconds: 1 };
  return {
    runs,
    ports: {
      environment: madeUpEnvironment(),
      processes: {
        run: (request: RunRequest) => {
          runs.push(request);
          return Promise.resolve(result);
        },
      },
      files: {
        read: () => ({ state: 'absent' as const }),
        list: () => null,
        inspect: () => ({ kind: 'file' as const, mode: 0o755, ownerId: 0, changedAt: changedAt(), size: 1 }),
        realPath: (path: string) => path,
        linkAt: () => null,
      },
    },
  };
}

test.each([
  ['2.1.328 (Claude Code)\n', '2.1.328'],
  ['  2.1.9\n', '2.1.9'],
  ['no version\n', null],
  ['', null],
])('Of what it prints the version is taken: %j.', async (output, version) => {
  expect(await versionAsker()(asked(output).ports, installed)).toBe(version);
});

test('It is started once for as long as it is the same file.', async () => {
  let time = 1;
  const { ports, runs } = asked('2.1.328', () => time);
  const ask = versionAsker();
  await Promise.all([ask(ports, installed), ask(ports, installed)]);
  expect(runs).toHaveLength(1);
  time = 2;
  await ask(ports, installed);
  expect(runs.map(({ file, args }) => [file, ...args])).toEqual([
    ['/opt/claude', '--version'],
    ['/opt/claude', '--version'],
  ]);
});
