import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isStale } from './stale-build.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'credence-test-stale-'));
  mkdirSync(path.join(root, 'shared/core'), { recursive: true });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test.each([
  ['is not', 'older', 'shared/core/a.ts', 1000, false],
  ['is', 'newer', 'shared/core/a.ts', 3000, true],
  ['is not', 'newer, but a test,', 'shared/core/a.test.ts', 3000, false],
])('A build %s stale when a file %s is there.', (_, _age, name, seconds, stale) => {
  touch('command.cjs', 2000);
  touch(name, seconds);
  expect(isStale(path.join(root, 'command.cjs'), [path.join(root, 'shared')])).toBe(stale);
});

function touch(name: string, seconds: number): void {
  const file = path.join(root, name);
  writeFileSync(file, '');
  utimesSync(file, seconds, seconds);
}
