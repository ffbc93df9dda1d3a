import { canWriteDirectly } from '../adapters/create-adapters.ts';
import { standardTerminal } from './standard-terminal.ts';
import type { Terminal } from './command.ts';

/** Runs something as this process: with its terminal, and with what `run` tells as its exit code. */
export function runAsProgram(
  variables: NodeJS.ProcessEnv,
  run: (terminal: Terminal) => Promise<number>,
): void {
  const terminal = standardTerminal(variables, canWriteDirectly());
  // At its end Node gives the terminal back as it was, and aborts where that has gone (seen with 20).
  process.once('exit', () => {
    if (terminal.hungUp) process.kill(process.pid, 'SIGHUP');
  });
  void run(terminal).then((code) => {
    process.exitCode = code;
    // An end of its own accord would first give back all memory piece by piece.
    if (!terminal.streams) process.exit();
  });
}
