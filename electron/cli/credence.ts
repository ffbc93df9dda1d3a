import {
  canWriteDirectly,
  createAdapters,
  createChangeAdapters,
  createSignInAdapters,
  createTokenAdapters,
} from '../adapters/create-adapters.ts';
import { runCommand } from './run-command.ts';
import { standardTerminal } from './standard-terminal.ts';

const terminal = standardTerminal(process.env, canWriteDirectly());
// At its end Node gives the terminal back as it was, and aborts where that has gone (seen with 20).
process.once('exit', () => {
  if (terminal.hungUp) process.kill(process.pid, 'SIGHUP');
});
const settle = (code: number): void => {
  process.exitCode = code;
  // An end of its own accord would first give back all memory piece by piece.
  if (!terminal.streams) process.exit();
};
void runCommand(
  process.argv.slice(2),
  {
    createPorts: createAdapters,
    createChangePorts: createChangeAdapters,
    createSignInPorts: createSignInAdapters,
    createTokenPorts: createTokenAdapters,
  },
  terminal,
).then(settle);
