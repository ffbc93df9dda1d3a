import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { onPosix } from '../../e2e/support/on-system.ts';
import { madeUpShell } from './made-up-shell.ts';

const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-shell-')));

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe.runIf(onPosix)('beside a real shell', () => {
  test.each([
    'echo helper-HELPER-USER',
    'printf x >> "$HOME/helper-runs"; echo helper-HELPER-USER',
    "printf '  helper-HELPER-USER  \\n'",
    "printf '\\thelper-HELPER-USER\\t'",
    "printf 'helper-HELPER-USER\\nsecond\\n'",
    "printf 'hélper'",
    "echo 'two words; no more'",
    'echo nope >&2; exit 3',
    'echo helper-HELPER-USER; exit 1',
    'basename "$PWD"',
    'echo',
    'true',
    '',
    'no-such-program-on-any-machine',
  ])('It does what /bin/sh does: %s', (script) => {
    const { stdout, status } = spawnSync('/bin/sh', ['-c', script], {
      cwd: home,
      env: { HOME: home, PATH: process.env['PATH'] },
      encoding: 'utf8',
    });
    expect(madeUpShell(script, home)).toEqual({ prints: stdout, exitCode: status });
  });
});
