/**
 * `credence token` by itself: Claude Code runs it every few minutes, in each of its sessions, and the bundle of all commands costs
 * more to load than this one costs to run. The launcher chooses; help and version are left to the other bundle.
 */
import { createTokenAdapters } from '../adapters/create-adapters.ts';
import { parseArguments } from './args.ts';
import { token } from './commands/token.ts';
import { orReport } from './or-report.ts';
import { runAsProgram } from './run-as-program.ts';

const [, ...argv] = process.argv.slice(2);
runAsProgram(process.env, (terminal) =>
  orReport(
    () => token.run({ arguments: parseArguments(token, argv), terminal, tokenPorts: createTokenAdapters }),
    terminal,
    argv.includes('--json'),
  ),
);
