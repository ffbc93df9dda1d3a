// The command as it is started: runs the bundle beside it that has what is asked for, with V8's code cache where there is one for
// this Node. Compiling a bundle anew at every start would cost more than reading everything that it reads.
'use strict';
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');

/**
 * What is run all the time lies in bundles of its own, which hold nothing else and so are loaded faster. The bundle of the rest has
 * every command, and help and version of each.
 * @type {Readonly<Record<string, string>>}
 */
const OF_COMMAND = { status: 'see', explain: 'see', matrix: 'see', scan: 'see', token: 'token' };
const OF_THE_REST = 'credence';
const ASIDE = ['-h', '--help', '-V', '--version'];

/** @param {readonly string[]} words what was typed behind the command's name */
function bundleFor(words) {
  const [first = 'status'] = words;
  // As electron/cli/named-command.ts has it.
  const command = first.startsWith('-') ? 'status' : first;
  const hasOwn = Object.hasOwn(OF_COMMAND, command) && !words.some((word) => ASIDE.includes(word));
  return hasOwn ? OF_COMMAND[command] : OF_THE_REST;
}

/**
 * @template T
 * @param {() => T} read
 */
function ifThere(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const name = bundleFor(process.argv.slice(2));
const filename = path.join(__dirname, `${name}.bundle.js`);
const cache = path.join(__dirname, `${name}.${process.version}.${process.arch}.cache`);
// The bundler leaves nothing beyond ASCII in it, so its bytes are its characters.
const text = ifThere(() => readFileSync(filename, 'latin1'));
if (text !== undefined) {
  // V8 itself refuses a cache of another version, architecture or text; then the bundle is compiled as usual.
  const cachedData = ifThere(() => readFileSync(cache));
  const script = new Script(text, { filename, cachedData });
  script.runInThisContext()(exports, require, module, filename, __dirname);
} else {
  // As EXIT.unknown says: no answer can be given.
  process.exitCode = 3;
  process.stderr.write(
    `credence: A part of Credence cannot be read: ${filename}\n  Install Credence again.\n`,
  );
}
