import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The text that accompanies a bundle: every npm package in it, with its version and its licence in full.
 *
 * @param {string} root the folder that the metafile's paths start from
 * @param {import('esbuild').Metafile} metafile
 * @returns {Promise<string>}
 */
export async function thirdPartyNotices(root, metafile) {
  const sections = await Promise.all(
    bundledPackages(metafile).map((folder) => describePackage(path.join(root, folder))),
  );
  return sections.length === 0
    ? 'This program contains no third-party packages.\n'
    : `This program contains the following third-party packages.\n\n${sections.join('\n')}`;
}

/**
 * The package folders, such as `node_modules/@scope/name`, whose code is in the output; sorted, each once.
 *
 * @param {Pick<import('esbuild').Metafile, 'inputs'>} metafile
 */
export function bundledPackages(metafile) {
  const folders = Object.keys(metafile.inputs).flatMap((input) => {
    const match = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
    return match === null ? [] : [match[0]];
  });
  return [...new Set(folders)].sort();
}

/** @param {string} folder */
async function describePackage(folder) {
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const names = await readdir(folder);
  const licence = names.find((name) => /^licen[cs]e(\.|$)/i.test(name));
  if (licence === undefined) throw new Error(`${folder} is bundled but holds no licence text.`);
  const text = await readFile(path.join(folder, licence), 'utf8');
  return `${'='.repeat(80)}\n${manifest.name} ${manifest.version} (${manifest.license})\n\n${text.trim()}\n`;
}
