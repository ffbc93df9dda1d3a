/** Bundles the app: the main process, the preload script and the window. */
import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleKeyringProcess } from './bundle.mjs';
import { bundleRenderer } from './bundle-renderer.mjs';
import { bundleOpenidClient, openidClientBeside } from './openid-client-beside.mjs';
import { PACKAGES_BESIDE } from './packages-beside.mjs';
import { ROOT } from './root.mjs';
import { thirdPartyNotices } from './third-party-notices.mjs';

const OUT = path.join(ROOT, 'out/app');

/** What the app is made of; the demo, the tests and the stand-in host are not. */
const PRODUCT = /^(shared|electron|renderer)\/(?!testing\/)|^(.*\/)?node_modules\//;

/** @type {import('esbuild').BuildOptions} */
const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'cjs',
  external: ['electron', ...PACKAGES_BESIDE],
  // Names stay readable: a stack trace in an issue should mean something.
  minifySyntax: true,
  minifyWhitespace: true,
  charset: 'ascii',
  // jsonc-parser's "main" is a UMD wrapper that a bundler cannot follow.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
};

/**
 * Electron brings Node 24 along, so nothing older has to understand it. One file, as for the command: it starts
 * faster than many, and of node_modules the package needs only what no bundle can hold.
 *
 * @param {{ main: string, preload: string, outFolder: string }} files absolute paths
 * @returns {Promise<import('esbuild').Metafile>}
 */
export async function bundleProcesses({ main, preload, outFolder }) {
  const manifest = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  await mkdir(outFolder, { recursive: true });
  const [ofMain, ofPreload] = await Promise.all([
    build({
      ...COMMON,
      entryPoints: [main],
      outfile: path.join(outFolder, 'main.cjs'),
      plugins: [openidClientBeside],
      platform: 'node',
      target: 'node24',
      define: {
        __CREDENCE_VERSION__: JSON.stringify(manifest.version),
        // A CommonJS file has no import.meta.
        'import.meta.dirname': '__dirname',
      },
      metafile: true,
    }),
    build({
      ...COMMON,
      entryPoints: [preload],
      outfile: path.join(outFolder, 'preload.cjs'),
      // A sandboxed preload script has no modules of Node; with this platform asking for one is an error here, not there.
      platform: 'neutral',
      target: 'chrome140',
      metafile: true,
    }),
  ]);
  return bundleOpenidClient(
    {
      inputs: { ...ofMain.metafile.inputs, ...ofPreload.metafile.inputs },
      outputs: { ...ofMain.metafile.outputs, ...ofPreload.metafile.outputs },
    },
    outFolder,
  );
}

/**
 * @param {Pick<import('esbuild').Metafile, 'inputs'>} metafile
 * @throws {Error} when something is in the bundle that a user is not to get, such as made-up credentials
 */
export function refuseWhatIsNoProduct({ inputs }) {
  const foreign = Object.keys(inputs).filter((file) => !PRODUCT.test(file));
  if (foreign.length > 0) throw new Error(`The app must not contain ${foreign.join(', ')}.`);
}

/** Builds the app: a folder that Electron can be given, with a manifest of its own, since the package is the terminal command. */
export async function buildApp() {
  const metafile = await bundleProcesses({
    main: path.join(ROOT, 'electron/main/main.ts'),
    preload: path.join(ROOT, 'electron/preload/preload.ts'),
    outFolder: OUT,
  });
  await bundleKeyringProcess(OUT);
  const window = await bundleRenderer();
  const all = {
    inputs: { ...metafile.inputs, ...window.metafile.inputs },
    outputs: { ...metafile.outputs, ...window.metafile.outputs },
  };
  refuseWhatIsNoProduct(all);
  await writeFile(path.join(OUT, 'package.json'), await appManifest());
  await writeFile(path.join(OUT, 'meta.json'), `${JSON.stringify(all, undefined, 2)}\n`);
  await writeFile(path.join(OUT, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(ROOT, all));
  return path.join(OUT, 'main.cjs');
}

async function appManifest() {
  const { name, productName, version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  return `${JSON.stringify({ name, productName, version, private: true, main: 'main.cjs' }, undefined, 2)}\n`;
}
