// Runs the bundle as the launcher does and keeps what V8 compiled meanwhile. Run by build/code-cache.mjs, with the Node that
// the cache is for: node write-code-cache.cjs BUNDLE FOLDER [ARGUMENT…]
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');

const [filename = '', folder = ''] = process.argv.splice(2, 2);
const text = readFileSync(filename, 'latin1');
const script = new Script(text, { filename });
script.runInThisContext()(exports, require, module, filename, path.dirname(filename));
// After a run the functions that a run needs are compiled, and belong into the cache.
process.on('exit', () => {
  writeFileSync(
    path.join(folder, `${path.basename(filename, '.bundle.js')}.${process.version}.${process.arch}.cache`),
    script.createCachedData(),
  );
});
