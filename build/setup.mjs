/**
 * What has to be there before anything else can run, fetched when it is missing. Runs before `npm ci`, so it uses
 * nothing but Node's own modules, on Node 20 as well.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from '../e2e/host/chromium/find-chromium.mjs';
import { ROOT } from './root.mjs';
import { CHROMIUM, installCommand, missingTools, toolsFor } from './system-tools.mjs';

/** A failure that a person can act on: its message is shown without a stack trace. */
export class SetupError extends Error {}

/**
 * Runs a script's main function; a SetupError is printed as the plain sentence it is.
 *
 * @param {() => Promise<number> | number} main resolves to the exit code
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Installs the packages of package-lock.json unless they are what node_modules already holds. */
export function ensureNodeModules() {
  const wanted = readJson(path.join(ROOT, 'package-lock.json'));
  const installed = readJson(path.join(ROOT, 'node_modules/.package-lock.json'));
  if (isInstalled(wanted, installed)) return;

  const why = installed === undefined ? 'they are not there yet' : 'package-lock.json has changed';
  console.log(`Installing npm packages (npm ci), since ${why}.`);
  const npm = process.env['npm_execpath'];
  if (npm?.endsWith('.js') === true) runLogged('npm-ci', process.execPath, [npm, 'ci']);
  else runLogged('npm-ci', 'npm', ['ci']);
}

/**
 * Whether npm's own record of an installation agrees with the lock file: every package in the version that is
 * locked, none missing but those of other platforms, none left over.
 *
 * @param {any} wanted    package-lock.json
 * @param {any} installed node_modules/.package-lock.json, or undefined
 * @param {{ platform: string, arch: string }} here
 */
export function isInstalled(wanted, installed, here = process) {
  if (installed === undefined) return false;
  const locked = Object.entries(wanted.packages).filter(([folder]) => folder.startsWith('node_modules/'));
  const present = installed.packages;
  const complete = locked.every(([folder, entry]) =>
    folder in present ? present[folder].version === entry.version : mayBeMissing(entry, here),
  );
  const names = new Set(locked.map(([folder]) => folder));
  return (
    complete && Object.keys(present).every((name) => names.has(name) || !name.startsWith('node_modules/'))
  );
}

/**
 * An optional package is left out where it would not run. Which C library a package needs (`libc`) is not
 * looked at, so of those either may be missing.
 *
 * @param {{ optional?: boolean, os?: readonly string[], cpu?: readonly string[], libc?: readonly string[] }} entry
 * @param {{ platform: string, arch: string }} here
 */
function mayBeMissing({ optional = false, os, cpu, libc }, here) {
  const runsHere = os?.includes(here.platform) === true && (cpu?.includes(here.arch) ?? true);
  return optional && !(runsHere && libc === undefined);
}

/** Installs the programs that the tests run: on Debian as root by itself, elsewhere it says how and gives up. */
export function ensureSystemTools() {
  const missing = missingTools(toolsFor(process.platform), isThere);
  if (missing.length === 0) return;
  const names = missing.map(({ program }) => program).join(', ');
  const command = installTools(missing, 'which the tests run');
  if (missingTools(missing, isThere).length === 0) return;
  throw new SetupError(
    `The tests run programs that are missing here: ${names}.\n` +
      (command === undefined
        ? 'Install them and run this again.'
        : `Install them, then run this again:\n  ${command}`),
  );
}

/**
 * A Chromium to show the window in, where Electron's own cannot be had.
 *
 * @returns {string | undefined} the command, when that is up to the person
 */
export function installChromium() {
  try {
    return installTools([CHROMIUM], 'to show the window in');
  } catch (error) {
    // The answer in the terminal needs none.
    if (error instanceof SetupError) return error.message;
    throw error;
  }
}

/**
 * @param {readonly import('./system-tools.mjs').Tool[]} tools
 * @param {string} why
 * @returns {string | undefined} the command for them, unless they have been installed
 */
function installTools(tools, why) {
  const root = process.getuid?.() === 0;
  if (!root || !isOnPath('apt-get') || !existsSync('/etc/debian_version')) {
    return installCommand(tools, { isOnPath, root });
  }
  console.log(`Installing ${tools.map(({ program }) => program).join(', ')} (apt-get install), ${why}.`);
  const packages = [...new Set(tools.map(({ apt }) => apt))];
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-q', '-y'];
  runLogged('apt-get-update', 'apt-get', [...patient, 'update']);
  runLogged('apt-get-install', 'apt-get', [...patient, 'install', '--no-install-recommends', ...packages]);
  return undefined;
}

/**
 * The Node that runs our TypeScript and vitest: the one that came as a package, else this one if it is new enough.
 *
 * @returns {string} its path
 */
export function findNode24() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = path.join(ROOT, 'node_modules', `node-${platform}-${process.arch}`, 'bin', program);
  if (existsSync(packaged)) return packaged;
  if (runsTypeScript(process.versions.node)) return process.execPath;
  throw new SetupError(
    `This needs Node 22.18 or newer, and there is no packaged one for ${platform}-${process.arch}; ` +
      `this is Node ${process.versions.node}. Install Node 24 and run this again.`,
  );
}

/**
 * Node strips types without a flag since 22.18.0 and 23.6.0.
 *
 * @param {string} version such as 24.1.0
 */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/** @param {string} program or a full path */
function isThere(program) {
  if (path.isAbsolute(program)) return existsSync(program);
  // Another browser of its kind does as well.
  return program === CHROMIUM.program ? findChromium(process.env) !== undefined : isOnPath(program);
}

/** @param {string} program */
function isOnPath(program) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => endings.some((ending) => existsSync(path.join(folder, program + ending))));
}

/**
 * Runs a program with its output in a log file, which is shown only when it fails.
 *
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 */
function runLogged(name, command, args) {
  const folder = path.join(ROOT, 'out/log');
  mkdirSync(folder, { recursive: true });
  const log = path.join(folder, `${name}.log`);
  const output = openSync(log, 'w');
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', output, output],
    // npm is a .cmd file on Windows, which only a shell can start.
    shell: process.platform === 'win32' && command === 'npm',
  });
  closeSync(output);
  if (status === 0) return;
  console.error(readFileSync(log, 'utf8'));
  throw new SetupError(
    `\`${[command, ...args].join(' ')}\` failed${error ? `: ${error.message}` : ''} (output: ${log}).`,
  );
}

/** @param {string} file */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
