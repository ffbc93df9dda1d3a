import { ROOT } from './root.mjs';

/** How esbuild makes one script of what the command runs in any Node that it supports. */
export const NODE_SCRIPT = /** @type {const} */ ({
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Names stay readable: a stack trace in an issue should mean something.
  minifySyntax: true,
  minifyWhitespace: true,
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
});
