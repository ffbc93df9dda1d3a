/** Where Electron's own binary is, and the attempt to have it when it is not there. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runGroup } from './process-group.mjs';
import { ROOT } from './root.mjs';

export const ELECTRON_PACKAGE = path.join(ROOT, 'node_modules/electron');

/** The stand-in has Electron's place in this folder; it is not Electron. */
export const STAND_IN = path.join(ROOT, 'e2e/host/dist');

/** For an installer that gets no answer from the network, or a slow one. */
const PATIENCE = 10_000;

/**
 * The binary of the `electron` package, or of the folder that is named in the package's stead. The package writes its
 * path file last, and `version` is among the last in its archive, so without them a download was not finished.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {string} [folder] the package's
 * @returns {string | undefined}
 */
export function electronProgram(environment, folder = ELECTRON_PACKAGE) {
  const pathFile = path.join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const chosen = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const isOwn = chosen === undefined || chosen === '' || path.resolve(chosen) === STAND_IN;
  const dist = isOwn ? path.join(folder, 'dist') : chosen;
  const program = path.join(dist, name);
  if (isOwn && !existsSync(pathFile) && !existsSync(path.join(dist, 'version'))) return undefined;
  return existsSync(program) ? program : undefined;
}

/**
 * Lets the package's own installer fetch the binary, for a few seconds.
 *
 * @param {{
 *   node: string, environment: Readonly<Record<string, string | undefined>>,
 *   folder?: string, patience?: number,
 * }} options `node`: one that is new enough for the installer
 * @returns {Promise<{ program: string } | { why: string, interrupted?: number }>}
 */
export async function fetchElectron({ node, environment, folder = ELECTRON_PACKAGE, patience = PATIENCE }) {
  const env = { ...environment, ELECTRON_OVERRIDE_DIST_PATH: undefined };
  const installer = path.join(folder, 'install.js');
  if (!existsSync(installer)) return { why: 'its package has no installer' };
  const ended = await runGroup(node, [installer], { env, keepOutput: true, deadline: patience });
  const program = ended.code === 0 ? electronProgram(env, folder) : undefined;
  if (program !== undefined) return { program };
  // Half of a binary must not be taken for one.
  if (!existsSync(path.join(folder, 'path.txt')))
    rmSync(path.join(folder, 'dist'), { recursive: true, force: true });
  if (ended.timedOut) return { why: `not within ${String(patience / 1000)} s` };
  return ended.code > 128 ? { why: 'interrupted', interrupted: ended.code } : { why: reasonIn(ended.output) };
}

/**
 * The one line of an installer's complaint that says something.
 *
 * @param {string} output
 */
export function reasonIn(output) {
  const code =
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOSPC|EACCES|EROFS)\b[^\n,]*/.exec(
      output,
    );
  if (code !== null) return code[0].replaceAll(/['"].*$/g, '').trim();
  const error = /\b\w*Error: ([^\n]+)/.exec(output)?.[1]?.trim() ?? 'its installer failed';
  // Node's own word for whatever is wrong with a connection.
  return error === 'fetch failed' ? 'no connection' : error;
}
