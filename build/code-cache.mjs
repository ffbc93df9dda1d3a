/** Makes V8's code cache for the command, so that the Node which will run it need not compile it at every start. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { layFullHome } from './full-home.mjs';
import { ROOT } from './root.mjs';

/**
 * The search path without node_modules: npm puts the Node there that tests need, and it is not the one that people run.
 * @param {string} searchPath
 */
export function withoutPackages(searchPath) {
  return searchPath
    .split(path.delimiter)
    .filter((folder) => !folder.split(/[\\/]/).includes('node_modules'))
    .join(path.delimiter);
}

/** @type {Readonly<Record<'status' | 'token', (project: string) => readonly string[]>>} */
const ARGUMENTS = {
  status: (project) => ['status', '--json', '--folder', project],
  token: () => ['token', '--provider', 'northwind'],
};

/**
 * Runs the bundle once in a made-up home in which there is something to read for every reader: what does not run here is
 * compiled anew at each start. Without a cache the command runs all the same, so a failure is only told.
 * @param {string} bundle absolute path
 * @param {'status' | 'token'} command what is run
 * @returns {Promise<boolean>} whether there is a cache now
 */
export async function makeCodeCache(bundle, command) {
  const folder = path.dirname(bundle);
  const before = `${path.basename(bundle, '.bundle.js')}.`;
  for (const name of await readdir(folder)) {
    if (name.startsWith(before) && name.endsWith('.cache')) await rm(path.join(folder, name));
  }
  const scratch = await realpath(await mkdtemp(path.join(tmpdir(), 'credence-build-')));
  try {
    const search = withoutPackages(process.env['PATH'] ?? '');
    const { home, project, variables } = layFullHome(scratch, search, Date.now());
    const { status } = spawnSync(
      'node',
      [path.join(ROOT, 'build/write-code-cache.cjs'), bundle, folder, ...ARGUMENTS[command](project)],
      {
        // No keychain of whoever builds is to be asked.
        env: { ...variables, USERPROFILE: home, DBUS_SESSION_BUS_ADDRESS: `unix:path=${home}/no-bus` },
        stdio: 'ignore',
        timeout: 60_000,
      },
    );
    return status === 0;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
