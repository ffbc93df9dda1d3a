/** Every command, and help: what the launcher runs unless another bundle does it faster. */
import {
  createAdapters,
  createChangeAdapters,
  createSignInAdapters,
  createTokenAdapters,
} from '../adapters/create-adapters.ts';
import { runAsProgram } from './run-as-program.ts';
import { runCommand } from './run-command.ts';

runAsProgram(process.env, (terminal) =>
  runCommand(
    process.argv.slice(2),
    {
      createPorts: createAdapters,
      createChangePorts: createChangeAdapters,
      createSignInPorts: createSignInAdapters,
      createTokenPorts: createTokenAdapters,
    },
    terminal,
  ),
);
