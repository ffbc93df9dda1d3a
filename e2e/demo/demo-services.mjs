/**
 * What the demo needs beside its home, for as long as its standard input is open: an organisation with an identity provider of its
 * own, a keychain that is nobody's, and a `claude` that logs in to nothing. Says on its first line where they are.
 *
 *     node e2e/demo/demo-services.mjs HOME
 *     {"issuer":"http://127.0.0.1:40001","clientId":"…","bus":"unix:path=…"}
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { layFakeClaude } from '../fake-claude/lay-fake-claude.mjs';
import { startProvider } from '../provider/start-provider.mjs';

/** Seconds. Short enough to be seen being renewed. */
const LIFE_OF_TOKENS = 10 * 60;
/** Milliseconds. */
const LONGEST_START = 5_000;

const [home = ''] = process.argv.slice(2);
layFakeClaude(path.join(home, '.local/bin'), { demo: true });
const [provider, keychain] = await Promise.all([
  startProvider({ ttl: { accessToken: LIFE_OF_TOKENS } }),
  startKeychain(home),
]);
const { issuer, clientId } = provider;
process.stdout.write(`${JSON.stringify({ issuer, clientId, bus: keychain?.bus ?? null })}\n`);

process.stdin.resume();
process.stdin.on('close', () => {
  keychain?.end();
  void provider.close().finally(() => process.exit());
});

/**
 * gnome-keyring on a session bus of its own, with its files in the made-up home.
 *
 * @param {string} folder
 * @returns {Promise<{ bus: string, end: () => void } | undefined>} undefined: not on this system
 */
async function startKeychain(folder) {
  if (process.platform !== 'linux') return undefined;
  const runtime = path.join(folder, '.run');
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  // The password of a keychain that goes with the demo need not be a secret. The daemon goes with its bus.
  const script =
    'printf demo | gnome-keyring-daemon --unlock --components=secrets >&2 && echo "$DBUS_SESSION_BUS_ADDRESS" && exec cat';
  const child = spawn('dbus-run-session', ['--', 'sh', '-c', script], {
    env: { PATH: process.env['PATH'], HOME: folder, XDG_RUNTIME_DIR: runtime },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const bus = await new Promise((resolve) => {
    let said = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve(said.trim());
    });
    child.on('error', () => {
      resolve(undefined);
    });
    child.on('close', () => {
      resolve(undefined);
    });
    setTimeout(() => {
      resolve(undefined);
    }, LONGEST_START).unref();
  });
  const end = () => void child.stdin.end();
  if (bus === undefined) {
    end();
    return undefined;
  }
  return { bus, end };
}
