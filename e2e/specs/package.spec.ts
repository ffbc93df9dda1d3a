import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../build/root.mjs';

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

/** What npm would publish, by its own account; it asks nobody for that. */
function packedFiles(): readonly string[] {
  const home = mkdtempSync(path.join(tmpdir(), 'credence-pack-'));
  try {
    const { status, stdout, stderr } = spawnSync(
      'npm',
      ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'],
      { cwd: ROOT, env: { PATH: process.env['PATH'], HOME: home }, encoding: 'utf8' },
    );
    expect(status, stderr).toBe(0);
    const [packed] = JSON.parse(stdout) as readonly Packed[];
    return (packed?.files ?? []).map((file) => file.path);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

test('The package holds the whole command with its notices and schemas, and nothing else that is built.', () => {
  const packed = packedFiles().filter((file) => !file.endsWith('.cache'));
  const schemas = readdirSync(path.join(ROOT, 'docs/schema')).map((name) => `docs/schema/${name}`);
  expect([...packed].sort()).toEqual(
    [
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'],
      ...schemas,
      'out/cli/THIRD-PARTY-NOTICES.txt',
      'out/cli/credence.bundle.js',
      'out/cli/credence.cjs',
      'out/cli/keyring-process.cjs',
      'out/cli/openid-client.cjs',
      'out/cli/see.bundle.js',
      'out/cli/token.bundle.js',
    ].sort(),
  );
});
