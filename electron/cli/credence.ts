import { canWriteDirectly, createAdapters } from '../adapters/create-adapters.ts';
import type { ExitCode } from './exit-code.ts';
import { runCommand } from './run-command.ts';
import { standardTerminal } from './standard-terminal.ts';

const settle = (code: ExitCode): void => {
  process.exitCode = code;
};
const terminal = standardTerminal(process.env, canWriteDirectly());
void runCommand(process.argv.slice(2), createAdapters, terminal).then(settle);
