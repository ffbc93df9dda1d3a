import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Windows has no groups that a signal could go to. */
const HAS_GROUPS = process.platform !== 'win32';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * @typedef {object} Ended
 * @property {number} code as a shell would give it: the program's own, or 128 and the signal's number
 * @property {boolean} timedOut
 * @property {string} output    what it said, when that was to be kept
 */

/**
 * Runs a program in a group of its own, and ends the whole of that group when this process is told to end. Ctrl-C in
 * the terminal does not reach such a group, so it is handed on; what has not gone after a while is killed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{
 *   cwd?: string, env?: NodeJS.ProcessEnv, keepOutput?: boolean,
 *   deadline?: number, grace?: number,
 * }} [options] `deadline`: milliseconds it may take at all; `grace`: how many it may take to end
 * @returns {Promise<Ended>}
 */
export async function runGroup(command, args, options = {}) {
  const { cwd, env = process.env, keepOutput = false, deadline, grace = 5_000 } = options;
  const output = keepOutput ? 'pipe' : 'inherit';
  const state = {
    text: '',
    told: /** @type {NodeJS.Signals | undefined} */ (undefined),
    timedOut: false,
    pid: /** @type {number | undefined} */ (undefined),
  };
  /** @type {NodeJS.Timeout[]} */
  const timers = [];
  // Before there is anything to end: a signal that comes while it starts must not end this process alone.
  const listeners = SIGNALS.map((signal) => {
    const listener = () => {
      // Who asks a second time does not want to wait.
      signalGroup(state.pid, state.told === undefined ? signal : 'SIGKILL');
      state.told ??= signal;
      timers.push(
        setTimeout(() => {
          signalGroup(state.pid, 'SIGKILL');
        }, grace),
      );
    };
    process.on(signal, listener);
    return /** @type {const} */ ([signal, listener]);
  });
  const child = spawn(command, args, { cwd, env, detached: HAS_GROUPS, stdio: ['ignore', output, output] });
  state.pid = child.pid;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (/** @type {Buffer} */ chunk) => (state.text += chunk.toString()));
  }

  if (deadline !== undefined) {
    timers.push(
      setTimeout(() => {
        state.timedOut = true;
        signalGroup(child.pid, 'SIGKILL');
      }, deadline),
    );
  }
  try {
    const ended = await endOf(child);
    // What was told to end, or had its time, leaves nothing behind; what ends by itself may have opened a browser.
    if (state.told !== undefined || state.timedOut) signalGroup(child.pid, 'SIGKILL');
    const code = state.told === undefined ? ended : codeOf(state.told);
    return { code, timedOut: state.timedOut, output: state.text };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    for (const [signal, listener] of listeners) process.off(signal, listener);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
function endOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    // Not `close`: something that it left behind may hold its output open for ever.
    child.once('exit', (code, signal) => {
      resolve(signal === null ? (code ?? 1) : codeOf(signal));
    });
  });
}

/** @param {NodeJS.Signals} signal */
function codeOf(signal) {
  return 128 + constants.signals[signal];
}

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(HAS_GROUPS ? -pid : pid, signal);
  } catch {
    // It is gone already.
  }
}
