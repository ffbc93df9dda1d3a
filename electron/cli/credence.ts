import { createAdapters } from '../adapters/create-adapters.ts';
import type { Terminal } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { runCommand } from './run-command.ts';

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  colour: process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb',
  columns: Math.max(40, Math.min(process.stdout.columns || 80, 100)),
};

// A reader that went away (`credence status | head -1`) is no failure: the exit code is that of the answer.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(EXIT.unknown);
});
process.stderr.on('error', () => undefined);

const settle = (code: ExitCode): void => {
  process.exitCode = code;
};
void runCommand(process.argv.slice(2), createAdapters, terminal).then(settle);
