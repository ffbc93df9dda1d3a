/** What `npm start` needs of this machine to show the app, and the start itself. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findChromium } from '../e2e/host/chromium/find-chromium.mjs';
import { chooseHost } from './choose-host.mjs';
import { withoutPackages } from './code-cache.mjs';
import { hasDisplay } from './display.mjs';
import { STAND_IN, electronProgram, fetchElectron } from './electron-binary.mjs';
import { runGroup } from './process-group.mjs';
import { ROOT } from './root.mjs';

const APP = path.join(ROOT, 'out/app');
import { SetupError, findNode24, installChromium } from './setup.mjs';

/** @returns what the app can be shown on here */
export function chooseHostHere() {
  const environment = process.env;
  return chooseHost({
    platform: process.platform,
    hasDisplay: () => hasDisplay(environment, process.platform),
    electron: () => electronProgram(environment),
    fetchElectron: () => fetchElectron({ node: nodeForInstaller(), environment }),
    node24: () => complaintOf(findNode24),
    chromium: () => chromiumVersion(environment),
    installChromium,
  });
}

/**
 * Runs the built app until it ends or is told to.
 *
 * @param {Exclude<import('./choose-host.mjs').Choice, { host: 'none' }>} choice
 * @param {string} folder where the person is
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<number>} the exit code
 */
export async function showApp(choice, folder, environment) {
  // npm's own folders in front, and a switch that some terminals of other Electron apps leave behind.
  const env = {
    ...environment,
    PATH: withoutPackages(environment['PATH'] ?? ''),
    ELECTRON_RUN_AS_NODE: undefined,
  };
  if (choice.host === 'stand-in') {
    const seen = { ...env, STANDIN_HEADED: '1' };
    return (await runGroup(path.join(STAND_IN, 'electron'), [APP], { cwd: folder, env: seen })).code;
  }
  // Electron refuses to run as root with its sandbox.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return (await runGroup(choice.program, [...asRoot, APP], { cwd: folder, env })).code;
}

/** The installer wants a newer Node than `npm start` does. */
function nodeForInstaller() {
  return complaintOf(findNode24) === undefined ? findNode24() : process.execPath;
}

/**
 * @param {() => unknown} find
 * @returns {string | undefined} why it cannot be found
 */
function complaintOf(find) {
  try {
    find();
    return undefined;
  } catch (error) {
    if (error instanceof SetupError) return error.message;
    throw error;
  }
}

/** @param {NodeJS.ProcessEnv} environment */
function chromiumVersion(environment) {
  const program = findChromium(environment);
  if (program === undefined) return undefined;
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return /^(?<name>.*?) (?<major>\d+)\./.exec(stdout)?.slice(1).join(' ') ?? 'a Chromium';
}
