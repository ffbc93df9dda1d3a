/**
 * `credence token` by itself: Claude Code runs it every few minutes, in each of its sessions, and the bundle of all commands costs
 * more to load than this one costs to run. The launcher chooses; help and version are left to the other bundle.
 */
import { canWriteDirectly, createTokenAdapters } from '../adapters/create-adapters.ts';
import { parseArguments } from './args.ts';
import { token } from './commands/token.ts';
import { orReport } from './or-report.ts';
import { standardTerminal } from './standard-terminal.ts';

const terminal = standardTerminal(process.env, canWriteDirectly());
const [, ...argv] = process.argv.slice(2);
void orReport(
  () =>
    token.run({
      arguments: parseArguments(token, argv),
      terminal,
      tokenPorts: createTokenAdapters,
    }),
  terminal,
  argv.includes('--json'),
).then((code) => {
  process.exitCode = code;
  if (!terminal.streams) process.exit();
});
