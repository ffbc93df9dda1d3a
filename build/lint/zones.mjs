/**
 * Who may import whom, as a table. A file belongs to the first row whose folder (or file) holds it.
 *
 * `own` lists the folders of this repository a zone may import. `packages` lists what it may import from outside:
 * `node:` for Node's own modules, `npm` for any package but electron, else packages by name.
 * `types` lists further folders of which only types may be imported.
 *
 * @typedef {object} Zone
 * @property {string} in         folder or file, from the repository's root
 * @property {readonly string[]} own
 * @property {readonly string[]} packages
 * @property {readonly string[]} [types]
 */

const PRIVILEGED = ['node:', 'npm'];

/** @type {readonly Zone[]} */
export const ZONES = [
  { in: 'shared/core', own: ['shared/core'], packages: [] },
  { in: 'shared/ports', own: ['shared/core', 'shared/ports'], packages: [] },
  // The contract's schemas are its types.
  { in: 'shared/ipc/contract.ts', own: ['shared/core', 'shared/ipc'], packages: ['valibot'] },
  { in: 'shared/ipc', own: ['shared/core', 'shared/ipc'], packages: [] },
  {
    in: 'shared/usecases',
    own: ['shared/core', 'shared/ports', 'shared/ipc', 'shared/usecases'],
    packages: ['jsonc-parser'],
  },
  {
    in: 'shared/presentation',
    own: ['shared/core', 'shared/ports', 'shared/ipc', 'shared/usecases', 'shared/presentation'],
    packages: [],
  },
  { in: 'shared', own: ['shared'], packages: [] },
  { in: 'electron/adapters', own: ['shared', 'electron/adapters'], packages: PRIVILEGED },
  { in: 'electron/cli', own: ['shared', 'electron/adapters', 'electron/cli'], packages: PRIVILEGED },
  {
    in: 'electron/main',
    own: ['shared', 'electron/adapters', 'electron/cli', 'electron/main'],
    packages: [...PRIVILEGED, 'electron'],
  },
  { in: 'electron/preload', own: ['shared/ipc/names.ts', 'electron/preload'], packages: ['electron'] },
  {
    in: 'renderer',
    own: ['shared/ipc', 'shared/presentation', 'renderer'],
    types: ['shared/core'],
    packages: ['npm'],
  },
  // These run once the packages are there; the rest of build/ also runs before `npm ci`, so has only Node.
  { in: 'build/bundle.mjs', own: ['build'], packages: ['node:', 'esbuild'] },
  { in: 'build/bundle-app.mjs', own: ['build'], packages: ['node:', 'esbuild'] },
  { in: 'build/openid-client-beside.mjs', own: ['build'], packages: ['node:', 'esbuild'] },
  { in: 'build/bundle-renderer.mjs', own: ['build'], packages: ['node:', 'esbuild'] },
  { in: 'build/check-zones.mjs', own: ['build'], packages: ['node:', 'eslint', 'typescript'] },
  { in: 'build/lint/virtual-program.mjs', own: ['build'], packages: ['node:', 'typescript'] },
  { in: 'build', own: ['build', 'e2e/host/chromium/find-chromium.mjs'], packages: ['node:'] },
];

/** Tests sit beside what they test, may use the test tools, and still do not cross from shared into electron. */
/** @type {readonly Zone[]} */
export const TEST_ZONES = [
  { in: 'shared', own: ['shared', 'e2e/support'], packages: PRIVILEGED },
  { in: 'electron', own: ['shared', 'electron', 'e2e/support', 'e2e/provider'], packages: PRIVILEGED },
  { in: 'build', own: ['build', 'e2e/support'], packages: PRIVILEGED },
  {
    in: 'renderer',
    own: ['renderer', 'shared/ipc', 'shared/presentation'],
    types: ['shared/core'],
    packages: PRIVILEGED,
  },
];

/**
 * @param {string} file from the repository's root, with forward slashes
 * @returns {Zone | undefined} undefined: this file may import anything
 */
export function zoneOf(file) {
  const zones = file.endsWith('.test.ts') ? TEST_ZONES : ZONES;
  return zones.find((zone) => isWithin(file, zone.in));
}

/**
 * @param {string} file
 * @param {string} folder
 */
export function isWithin(file, folder) {
  return file === folder || file.startsWith(`${folder}/`);
}
