import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { UtilityProcess as ElectronUtilityProcess } from 'electron';
import { NODE_PROGRAM } from '../node-program.ts';
import { eventsOf, loud, loudEmitter, standingFor } from '../loud.ts';

/** Gives the process its `parentPort`. */
const PORT = path.join(import.meta.dirname, 'parent-port.cjs');

const EVENTS = eventsOf<ElectronUtilityProcess>()('exit', 'message', 'spawn');

class UtilityProcess extends loudEmitter('utilityProcess.fork()', EVENTS) {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.on('spawn', () => this.emit('spawn'));
    child.on('message', (message) => this.emit('message', message));
    child.on('exit', (code) => this.emit('exit', code ?? 1));
    // As there: a script that is not there is an end with a code.
    child.on('error', () => this.emit('exit', 1));
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  postMessage(message: object): void {
    this.#child.send(message, () => undefined);
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

export const utilityProcess = loud('utilityProcess', {
  fork: (script: string, args: readonly string[] = [], { env = {}, stdio }: Electron.ForkOptions = {}) => {
    if (stdio !== 'ignore') throw new Error('stand-in: utilityProcess.fork only with stdio: ignore');
    const child = fork(script, [...args], {
      execPath: NODE_PROGRAM,
      execArgv: ['--require', PORT],
      env: { ...env },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    return standingFor<ElectronUtilityProcess>(new UtilityProcess(child));
  },
});
