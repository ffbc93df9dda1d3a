/** What `npm start` shows where there is nothing to show a window on: the command's own answers. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './root.mjs';

const COMMAND = path.join(ROOT, 'out/cli/credence.cjs');

/** @param {string} folder */
export function showHere(folder) {
  heading(`credence status   in ${folder}`);
  const code = credence(['status'], folder, process.env);
  const shown = `node ${path.relative(folder, COMMAND) || COMMAND}`;
  const next = [
    [`${shown} explain`, 'why this credential and not another'],
    [`${shown} clear --help`, 'put it right: a plan first, and the way back'],
    [`${shown} login --help`, 'log in through Claude Code, or sign in to your organisation'],
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

/**
 * @param {import('./demo-environment.mjs').Demo} demo
 * @returns {number} the worst exit code
 */
export function showDemo({ home, acme, notes, shell }) {
  return Math.max(
    show('~/clients/acme/app', ['status'], acme, shell),
    show('~/notes', ['status'], notes, shell),
    show('~', ['scan', 'clients'], home, shell),
    // The home is made up and goes afterwards, so it may be changed.
    show('~/notes', ['clear', '--use', 'claude-login', '--apply'], notes, shell),
    show('~/notes', ['changes'], notes, shell),
    show('~', ['providers'], home, shell),
    show('~', ['providers', '--check', 'northwind'], home, shell),
  );
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
