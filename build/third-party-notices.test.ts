import { expect, test } from 'vitest';
import { bundledPackages } from './third-party-notices.mjs';

test('Every bundled package is named once, scoped and nested ones included, and our own files are not.', () => {
  const input = { bytes: 1, imports: [] };
  const inputs = {
    'electron/cli/credence.ts': input,
    'node_modules/jsonc-parser/lib/esm/main.js': input,
    'node_modules/jsonc-parser/lib/esm/impl/scanner.js': input,
    'node_modules/@scope/name/index.js': input,
    'node_modules/outer/node_modules/inner/index.js': input,
  };
  expect(bundledPackages({ inputs })).toEqual([
    'node_modules/@scope/name',
    'node_modules/jsonc-parser',
    'node_modules/outer/node_modules/inner',
  ]);
});
