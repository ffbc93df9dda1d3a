/**
 * The commands that look at one machine and change nothing, by themselves: prompts and status lines run them all the time, and
 * all that changes things or goes out would cost more to load than they cost to run. The launcher chooses; help and version are
 * left to the bundle of all commands.
 */
import { createAdapters } from '../adapters/create-adapters.ts';
import { ownWords, parseArguments } from './args.ts';
import { loadSeeing } from './commands/seeing.ts';
import { namedCommand } from './named-command.ts';
import { orReport } from './or-report.ts';
import { runAsProgram } from './run-as-program.ts';

const { name, line } = namedCommand(process.argv.slice(2));
runAsProgram(process.env, (terminal) =>
  orReport(
    async () => {
      const command = await loadSeeing(name);
      return command.run({ ports: createAdapters(), arguments: parseArguments(command, line), terminal });
    },
    terminal,
    ownWords(line).includes('--json'),
  ),
);
