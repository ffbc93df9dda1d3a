/** `npm start`: installs and builds what is missing, then shows the terminal view for the folder you are in. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeDemoHome } from './demo-home.mjs';
import { ROOT } from './root.mjs';
import { SetupError, ensureNodeModules, runScript } from './setup.mjs';

const USAGE = `npm start                   builds credence and shows its answer for this folder
npm start -- --demo         the same in a made-up home with a telling mess in it
npm start -- --demo --keep  the made-up home stays, to look around in`;

const COMMAND = path.join(ROOT, 'out/cli/credence.cjs');

/** What the demo keeps of the real environment: how to find programs and how to write to this terminal. */
const KEPT_VARIABLES = ['PATH', 'TERM', 'COLORTERM', 'LANG', 'LC_ALL', 'NO_COLOR', 'SystemRoot', 'PATHEXT'];

await runScript(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  ensureNodeModules();
  const { buildCommand } = await import('./bundle.mjs');
  await buildCommand();
  return options.demo ? showDemo(options.keep) : showHere();
});

function readOptions() {
  try {
    return parseArgs({
      options: {
        demo: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function showHere() {
  // npm runs this in the project's folder; INIT_CWD is where the person is.
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  heading(`credence status   in ${folder}`);
  const code = credence(['status'], folder, process.env);
  const shown = `node ${path.relative(folder, COMMAND) || COMMAND}`;
  const next = [
    [`${shown} explain`, 'why this credential and not another'],
    [`${shown} what-if --help`, 'the answer if a variable came or went'],
    [`${shown} scan DIR`, 'every project below that brings credentials'],
    [`${shown} doctor`, 'checks, and a report you can pass on'],
    ['npm start -- --demo', 'all this in a made-up home with a mess in it'],
  ];
  const width = Math.max(...next.map(([command = '']) => command.length));
  console.log('\nWhat else you can do:');
  for (const [command = '', purpose] of next) console.log(`  ${command.padEnd(width)}  ${purpose}`);
  return code;
}

/** @param {boolean} keep */
function showDemo(keep) {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-demo-')));
  try {
    const { acme, notes, variables } = writeDemoHome(home, Date.now());
    const kept = KEPT_VARIABLES.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    });
    const shell = process.platform === 'win32' ? {} : { SHELL: '/bin/zsh' };
    const environment = {
      ...Object.fromEntries(kept),
      ...shell,
      HOME: home,
      USERPROFILE: home,
      ...variables,
    };

    console.log(
      'A made-up home: a Max login, a key forgotten in ~/.zshrc, two clients with settings of their own.',
    );
    const codes = [
      show('~/clients/acme/app', ['status'], acme, environment),
      show('~/notes', ['status'], notes, environment),
      show('~', ['scan', 'clients'], home, environment),
    ];
    if (keep) console.log(`\nThe made-up home stays in ${home}; rm -r '${home}' removes it.`);
    return Math.max(...codes);
  } finally {
    if (!keep) rmSync(home, { recursive: true, force: true });
  }
}

/**
 * @param {string} place as the person would write it
 * @param {readonly string[]} args
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} environment
 */
function show(place, args, folder, environment) {
  heading(`credence ${args.join(' ')}   in ${place}`);
  return credence(args, folder, environment);
}

/** @param {string} text */
function heading(text) {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(3, 76 - text.length))}`);
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @returns {number} the command's exit code
 */
function credence(args, cwd, env) {
  const { status, error } = spawnSync(process.execPath, [COMMAND, ...args], { cwd, env, stdio: 'inherit' });
  if (error !== undefined) throw error;
  return status ?? 1;
}
