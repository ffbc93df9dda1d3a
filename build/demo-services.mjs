import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './root.mjs';

const SCRIPT = path.join(ROOT, 'e2e/demo/demo-services.mjs');
/** Milliseconds. */
const LONGEST_START = 20_000;

/**
 * @typedef {object} DemoServices
 * @property {string} issuer   of the made-up organisation
 * @property {string} clientId
 * @property {string | null} bus where a keychain is that is nobody's; `null`: this system has none to lend
 */

/**
 * Starts what the demo needs beside its home. It ends with this process, or when it is told to.
 *
 * @param {string} home
 * @param {string} node the program that runs it
 * @returns {Promise<{ services: DemoServices | undefined, end: () => Promise<void> }>} undefined: it did not start
 */
export async function startDemoServices(home, node) {
  // A group of its own: Ctrl-C is for the app, and these go after it.
  const child = spawn(node, [SCRIPT, home], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  /** @type {Promise<void>} */
  const closed = new Promise((resolve) => {
    child.on('close', () => {
      resolve();
    });
    child.on('error', () => {
      resolve();
    });
  });
  child.stdin.on('error', () => undefined);
  const services = await new Promise((resolve) => {
    let said = '';
    const timer = setTimeout(() => {
      resolve(undefined);
    }, LONGEST_START);
    const settle = (/** @type {DemoServices | undefined} */ found) => {
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      said += chunk.toString();
      const [line, rest] = said.split('\n', 2);
      if (line !== undefined && rest !== undefined) settle(JSON.parse(line));
    });
    void closed.then(() => {
      settle(undefined);
    });
  });
  return {
    services,
    end: async () => {
      child.stdin.end();
      await closed;
    },
  };
}
