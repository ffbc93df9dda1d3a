/** Bundles the window: one script and one style sheet beside its page, as its content security policy wants them. */
import { build } from 'esbuild';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './root.mjs';

/** @returns the folder with index.html, renderer.js and renderer.css, and what went into them */
export async function bundleRenderer() {
  const outFolder = path.join(ROOT, 'out/app/renderer');
  await mkdir(outFolder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [
      { in: 'renderer/main.tsx', out: 'renderer' },
      { in: 'renderer/styles/window.css', out: 'renderer' },
    ],
    outdir: outFolder,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    // Electron's own engine, and nothing else.
    target: 'chrome140',
    jsx: 'automatic',
    // Names stay readable: a stack trace in an issue should mean something.
    minifySyntax: true,
    minifyWhitespace: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  await copyFile(path.join(ROOT, 'renderer/index.html'), path.join(outFolder, 'index.html'));
  return { outFolder, metafile };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { outFolder } = await bundleRenderer();
  console.log(`Built ${path.relative(ROOT, outFolder)}.`);
}
