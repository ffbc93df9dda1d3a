import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleProcesses, refuseWhatIsNoProduct } from './bundle-app.mjs';
import { PACKAGES_BESIDE } from './packages-beside.mjs';
import { ROOT } from './root.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credence-bundle-app-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
});

const bundle = (main: string, preload: string) => {
  const files = {
    main: path.join(folder, 'main.ts'),
    preload: path.join(folder, 'preload.ts'),
    outFolder: path.join(folder, 'out'),
  };
  writeFileSync(files.main, main);
  writeFileSync(files.preload, preload);
  return bundleProcesses(files);
};
const built = (name: string): string => readFileSync(path.join(folder, 'out', name), 'utf8');

const PRELOAD = "import { ipcRenderer } from 'electron'; void ipcRenderer.invoke('hello');";

test('Electron stays outside of both bundles, and packages are in.', async () => {
  const chokidar = path.join(ROOT, 'node_modules/chokidar/index.js');
  const { inputs } = await bundle(
    `import { app } from 'electron'; import { watch } from ${JSON.stringify(chokidar)}; void app.whenReady().then(() => watch([]));`,
    PRELOAD,
  );
  expect(built('main.cjs')).toContain('require("electron")');
  expect(built('main.cjs')).not.toMatch(/require\("(chokidar|readdirp)"\)/);
  expect(built('preload.cjs').match(/require\("[^"]+"\)/g)).toEqual(['require("electron")']);
  expect(Object.keys(inputs)).toContain('node_modules/chokidar/index.js');
});

test('What no bundle can hold stays beside it: all that package.json says is needed at run time.', async () => {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const needed = Object.keys(manifest.dependencies);
  await bundle(needed.map((name) => `void import(${JSON.stringify(name)});`).join('\n'), PRELOAD);
  for (const name of needed) expect(built('main.cjs')).toContain(`import("${name}")`);
  expect([...PACKAGES_BESIDE].sort()).toEqual(needed.sort());
});

test('A preload script that asks for a module of Node is not built.', async () => {
  await expect(bundle('', "import { readFileSync } from 'node:fs'; void readFileSync;")).rejects.toThrow(
    'node:fs',
  );
  expect(existsSync(path.join(folder, 'out/preload.cjs'))).toBe(false);
});

test.each([
  ['build/demo-home.mjs', false],
  ['shared/testing/memory-files.ts', false],
  ['e2e/host/electron.ts', false],
  ['shared/core/context.ts', true],
  ['electron/main/main.ts', true],
  ['node_modules/valibot/dist/index.mjs', true],
])('Whether %s may be in what users get: %s.', (file, may) => {
  const look = (): void => {
    refuseWhatIsNoProduct({ inputs: { [file]: { bytes: 1, imports: [] } } });
  };
  if (may) expect(look).not.toThrow();
  else expect(look).toThrow(`The app must not contain ${file}.`);
});
