/**
 * Bundles the terminal command behind a launcher. A run loads one bundle, which starts faster than many files; few runs need
 * node_modules.
 */
import { build } from 'esbuild';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeCodeCache } from './code-cache.mjs';
import { NODE_SCRIPT } from './node-script.mjs';
import { bundleOpenidClient, openidClientBeside } from './openid-client-beside.mjs';
import { PACKAGES_BESIDE } from './packages-beside.mjs';
import { ROOT } from './root.mjs';
import { thirdPartyNotices } from './third-party-notices.mjs';

/**
 * @param {{ entries: Readonly<Record<string, string>>, outFolder: string }} options absolute paths; of each bundle by its name,
 *   which the launcher goes by
 * @returns {Promise<string>} the path of the command
 */
export async function bundleCommand({ entries, outFolder }) {
  const command = path.join(outFolder, 'credence.cjs');
  await mkdir(outFolder, { recursive: true });
  const bundles = await Promise.all(
    Object.entries(entries).map(([name, entry]) =>
      bundleForLauncher(entry, path.join(outFolder, `${name}.bundle.js`)),
    ),
  );
  const metafile = await bundleOpenidClient(together(bundles), outFolder);
  const launcher = await readFile(path.join(ROOT, 'build/launcher.cjs'), 'utf8');
  await writeFile(command, `#!/usr/bin/env node\n${launcher}`);
  await chmod(command, 0o755);
  await writeFile(path.join(outFolder, 'meta.json'), `${JSON.stringify(metafile, undefined, 2)}\n`);
  await writeFile(path.join(outFolder, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(ROOT, metafile));
  return command;
}

/**
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {import('esbuild').Metafile}
 */
function together(metafiles) {
  return {
    inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
    outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
  };
}

/**
 * One file of what the launcher can run.
 *
 * @param {string} entry
 * @param {string} outfile
 */
async function bundleForLauncher(entry, outfile) {
  const manifest = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const { metafile } = await build({
    ...NODE_SCRIPT,
    entryPoints: [entry],
    outfile,
    external: [...PACKAGES_BESIDE],
    plugins: [openidClientBeside],
    // The launcher runs the text as a script, which cannot import; what stays outside is required instead, as lazily.
    supported: { 'dynamic-import': false },
    define: {
      __CREDENCE_VERSION__: JSON.stringify(manifest.version),
      // A CommonJS file has no import.meta.
      'import.meta.dirname': '__dirname',
    },
    // The whole of it would bring along what changes and formats JSON, and builds tables for that when it is loaded.
    alias: { 'jsonc-parser': path.join(ROOT, 'node_modules/jsonc-parser/lib/esm/impl/parser.js') },
    // As Node wraps a module. The launcher then has the text to compile as it reads it, without a copy.
    banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
    footer: { js: '})' },
    metafile: true,
  });
  await writeFile(outfile, escapeNonAscii(await readFile(outfile, 'utf8')));
  return metafile;
}

/**
 * The launcher takes the bundle's bytes for its characters. esbuild escapes those of strings, but leaves those of regular
 * expressions as they are, where the same escape means the same.
 * @param {string} text
 */
function escapeNonAscii(text) {
  return text.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * The process that talks to the keychain, beside what starts it: a script of its own. Its package has a native part for each
 * system, so that stays outside.
 *
 * @param {string} outFolder
 */
export async function bundleKeyringProcess(outFolder) {
  await build({
    ...NODE_SCRIPT,
    entryPoints: [path.join(ROOT, 'electron/adapters/keyring/keyring-process.ts')],
    outfile: path.join(outFolder, 'keyring-process.cjs'),
    external: [...PACKAGES_BESIDE],
  });
}

/**
 * Of each bundle the command whose functions its code cache holds; what most of the other commands in it run, too.
 * @type {readonly (readonly [string, 'status' | 'token'])[]}
 */
const CACHED = [
  ['credence', 'status'],
  ['see', 'status'],
  ['token', 'token'],
];

/** Builds what package.json's "bin" names. */
export async function buildCommand() {
  const outFolder = path.join(ROOT, 'out/cli');
  const command = await bundleCommand({
    entries: {
      credence: path.join(ROOT, 'electron/cli/credence.ts'),
      see: path.join(ROOT, 'electron/cli/credence-see.ts'),
      token: path.join(ROOT, 'electron/cli/credence-token.ts'),
    },
    outFolder,
  });
  await bundleKeyringProcess(outFolder);
  for (const [name, run] of CACHED) await makeCodeCache(path.join(outFolder, `${name}.bundle.js`), run);
  return command;
}
