import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { AUTHORIZE_PAGE, LANDING_PAGE } from './demo-pages.mjs';

/**
 * How a laid program behaves; what is not named is as measured, and a good code makes a login.
 *
 * @typedef {object} FakeBehaviour
 * @property {string} [version]
 * @property {'recorded' | 'other'} [wording]
 * @property {'plain' | 'wrapped' | 'coloured'} [looks] `wrapped`: the address in lines of 80; `coloured`: that as a link (OSC 8)
 * @property {string} [authorizeUrl] the page to approve on, instead of the recorded one
 * @property {boolean} [demo] that page is one of its own
 * @property {number} [startsAfter] seconds before it says anything
 * @property {number} [exchangeTakes] seconds
 * @property {string} [exchangeFails] the reason it gives, whatever the code
 * @property {'login' | 'nothing' | 'other-organisation'} [saves]
 * @property {string} [code] the one that makes a login; `good-code` unless it is given
 * @property {number} [loginEnds] milliseconds since 1970; a month from then, unless it is given
 * @property {{ access?: string, refresh?: string, key?: string }} [tokens] what it saves, for tests that look where it turns up
 * @property {boolean} [echoes] the pasted line is said again
 * @property {boolean} [usageError]
 * @property {number} [holdsLock] has the folder `.oauth_refresh.lock` in the configuration folder, and needs so many seconds to let go
 * @property {readonly ('SIGINT' | 'SIGTERM' | 'SIGHUP')[]} [ignores]
 * @property {boolean} [grandchild] has a child that keeps its pipes open and does not end by itself
 * @property {boolean} [leavesGrandchild] and does not end it
 * @property {boolean} [dies] a moment after it has asked for the code
 * @property {boolean} [diesAtCode] as soon as it is sent something
 * @property {number} [floods] bytes
 * @property {boolean} [splits] what it says comes in pieces, cut also inside a character
 * @property {string | null} [notes] a file for what happens to it: one JSON object for each line
 */

/**
 * Named behaviours, for tables.
 *
 * @type {Readonly<Record<string, FakeBehaviour>>}
 */
export const FAKE_BEHAVIOURS = {
  normal: {},
  slow: { startsAfter: 2, exchangeTakes: 2 },
  'other wording': { wording: 'other' },
  'wrapped lines': { looks: 'wrapped' },
  'colours and a link': { looks: 'coloured' },
  'an unknown host': { authorizeUrl: 'https://claude.com.example.net/cai/oauth/authorize' },
  'echoes the code': { echoes: true },
  'saves nothing': { saves: 'nothing' },
  'another organisation': { saves: 'other-organisation' },
  'a usage error': { usageError: true },
  'an exchange without a network': { exchangeFails: 'connect ECONNREFUSED 127.0.0.1:9' },
  'an exchange that is refused': { exchangeFails: 'OAuth error: Invalid code' },
  'holds a lock': { holdsLock: 2 },
  'ignores the interrupt': { ignores: ['SIGINT', 'SIGHUP'] },
  'ignores every request': { ignores: ['SIGINT', 'SIGTERM', 'SIGHUP'] },
  'a grandchild': { grandchild: true },
  'ignores every request, with a grandchild': { ignores: ['SIGINT', 'SIGTERM', 'SIGHUP'], grandchild: true },
  'dies mid-way': { dies: true },
  'floods its output': { floods: 20_000_000 },
  'speaks in pieces': { splits: true },
  demo: { demo: true },
};

/**
 * Lays a program called `claude` that behaves so: one file, and its behaviour with the recorded texts beside it.
 *
 * @param {string} folder made when it is not there
 * @param {FakeBehaviour} [behaviour]
 * @param {string} [name] the native installer calls it by its version, and has a link called `claude`
 * @returns {string} its path
 */
export function layFakeClaude(folder, behaviour = {}, name = 'claude') {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, fakeProgram());
  chmodSync(file, 0o755);
  const pages = { authorize: AUTHORIZE_PAGE, landing: LANDING_PAGE };
  writeFileSync(`${file}.json`, JSON.stringify({ behaviour, texts: transcripts(), pages }));
  return file;
}

/** @type {string | undefined} */
let built;

/** A script of Node without dependencies. */
function fakeProgram() {
  built ??= buildSync({
    entryPoints: [path.join(import.meta.dirname, 'program/main.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  }).outputFiles[0]?.text;
  return built ?? '';
}

/**
 * What was recorded of 2.1.328, by name. A recording ends each part with a line end of its own.
 *
 * @returns {Record<string, { stdout: string, stderr: string, exit: string }>}
 */
export function transcripts() {
  const folder = path.join(import.meta.dirname, 'transcripts');
  const read = readdirSync(folder).map((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    const [, stdout = '', stderr = '', exit = ''] =
      /^--- stdout\n(.*?)\n?--- stderr\n(.*?)\n?--- exit\n(.*)\n$/ms.exec(text) ?? [];
    return /** @type {const} */ ([path.basename(name, '.txt'), { stdout, stderr, exit }]);
  });
  return Object.fromEntries(read);
}
