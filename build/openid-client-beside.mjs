/**
 * openid-client goes into a file of its own, beside the command and the app: it is loaded when somebody signs in, and no other run
 * reads or compiles it. It is made of ES modules, which a script cannot require in each Node that the command runs on.
 */
import * as esbuild from 'esbuild';
import path from 'node:path';
import { NODE_SCRIPT } from './node-script.mjs';
import { ROOT } from './root.mjs';

const SOURCE = path.join(ROOT, 'electron/adapters/oidc/openid-client.ts');
const BESIDE = './openid-client.cjs';

/**
 * Leaves that one import outside of a bundle.
 *
 * @type {import('esbuild').Plugin}
 */
export const openidClientBeside = {
  name: 'openid-client beside',
  setup: (build) => {
    build.onResolve({ filter: /\/openid-client\.ts$/ }, ({ path: asked, resolveDir }) =>
      path.resolve(resolveDir, asked) === SOURCE ? { path: BESIDE, external: true } : undefined,
    );
  },
};

/**
 * Makes that file where a bundle asks for it.
 *
 * @param {import('esbuild').Metafile} metafile of the bundle
 * @param {string} outFolder where the bundle is
 * @returns {Promise<import('esbuild').Metafile>} of both
 */
export async function bundleOpenidClient(metafile, outFolder) {
  const asked = Object.values(metafile.outputs).some(({ imports }) =>
    imports.some(({ path: name, external }) => external === true && name === BESIDE),
  );
  if (!asked) return metafile;
  const beside = await esbuild.build({
    ...NODE_SCRIPT,
    entryPoints: [SOURCE],
    outfile: path.join(outFolder, BESIDE),
    metafile: true,
  });
  return {
    inputs: { ...metafile.inputs, ...beside.metafile.inputs },
    outputs: { ...metafile.outputs, ...beside.metafile.outputs },
  };
}
