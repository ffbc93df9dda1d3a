// The command as it is started: runs the bundle beside it, with V8's code cache where there is one for this Node.
// Compiling the bundle anew at every start would cost more than reading everything that it reads.
'use strict';
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');

// The one command that other programs run all the time lies in a bundle of its own, a tenth of the other.
const ASIDE = ['-h', '--help', '-V', '--version'];
const isToken = process.argv[2] === 'token' && !process.argv.some((word) => ASIDE.includes(word));
const name = isToken ? 'token' : 'credence';
const filename = path.join(__dirname, `${name}.bundle.js`);

/** V8 itself refuses a cache of another version, architecture or text; then the bundle is compiled as usual. */
function cachedData() {
  try {
    return readFileSync(path.join(__dirname, `${name}.${process.version}.${process.arch}.cache`));
  } catch {
    return undefined;
  }
}

// The bundler leaves nothing beyond ASCII in it, so its bytes are its characters.
const text = readFileSync(filename, 'latin1');
const options = { filename, cachedData: cachedData() };
const script = new Script(text, options);
script.runInThisContext()(exports, require, module, filename, __dirname);
