/** `npm start`: installs and builds what is missing, then shows the app, or the answer in the terminal. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeDemo } from './demo-environment.mjs';
import { startDemoServices } from './demo-services.mjs';
import { SetupError, ensureNodeModules, runScript } from './setup.mjs';
import { chooseHostHere, showApp } from './show-app.mjs';
import { showDemo, showHere } from './show-in-terminal.mjs';

const USAGE = `npm start                   builds Credence and shows it: in the tray, or without a display in the terminal
npm start -- --terminal     the answer for this folder in the terminal
npm start -- --demo         the same in a made-up home with a telling mess in it
npm start -- --demo --keep  the made-up home stays, to look around in`;

await runScript(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  ensureNodeModules();
  const { buildCommand } = await import('./bundle.mjs');
  await buildCommand();
  const choice = options.terminal ? undefined : await chooseHostHere();
  if (choice?.host === 'none' && choice.interrupted !== undefined) return choice.interrupted;
  const shown = choice === undefined || choice.host === 'none' ? undefined : choice;
  if (shown !== undefined) {
    const { buildApp } = await import('./bundle-app.mjs');
    await buildApp();
  }
  if (choice !== undefined) console.log(choice.says);

  // npm runs this in the project's folder; INIT_CWD is where the person is.
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  if (options.demo) return inDemoHome(options.keep, shown);
  return shown === undefined ? showHere(folder) : showApp(shown, folder, process.env);
});

function readOptions() {
  try {
    return parseArgs({
      options: {
        demo: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        terminal: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

/**
 * @param {boolean} keep
 * @param {Parameters<typeof showApp>[0] | undefined} shown
 * @returns {Promise<number>} the exit code
 */
async function inDemoHome(keep, shown) {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-demo-')));
  const { services, end } = await startDemoServices(home, process.execPath);
  try {
    const demo = makeDemo(home, process.env, process.platform, services);
    console.log(
      'A made-up home: a Max login, a key forgotten in ~/.zshrc, two clients with settings of their own.',
    );
    console.log(organisationOf(services));
    const desktop = shown?.host === 'electron' ? { ...demo.desktop, ...demo.tray } : demo.desktop;
    const code = shown === undefined ? showDemo(demo) : await showApp(shown, home, desktop);
    if (keep) console.log(`\nThe made-up home stays in ${home}; rm -r '${home}' removes it.`);
    return code;
  } finally {
    await end();
    // What is still ending may be writing.
    if (!keep) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** @param {import('./demo-services.mjs').DemoServices | undefined} services */
function organisationOf(services) {
  if (services === undefined)
    return 'Its organisation’s identity provider could not be started, so nobody can sign in there.';
  const keychain =
    services.bus === null
      ? 'this system has no keychain to lend it, so a sign-in cannot be kept'
      : 'a keychain of its own';
  return `A made-up organisation, Northwind, with an identity provider on this computer, and ${keychain}.`;
}
