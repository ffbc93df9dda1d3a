/**
 * Stands in for Credence where it is killed: starts what the first argument says (JSON), tells what it says, and goes on until
 * somebody ends it, or ends itself as it is told to by a line.
 */
import { spawn } from 'node:child_process';
import { nodeStartedPrograms } from '../../electron/adapters/programs/node-started-programs.ts';
import type { StartRequest } from '../../shared/ports/started-programs.ts';

const request = JSON.parse(process.argv[2] ?? '{}') as Omit<StartRequest, 'onOutput'>;
const program = nodeStartedPrograms({ platform: 'linux' }).start({
  ...request,
  onOutput: (text) => process.stdout.write(text),
});
void program?.ended.then(({ exitCode, by }) => {
  console.log(`ended ${String(exitCode)} ${by}`);
  // Whatever has become of the program, this goes on until it is told.
});
process.stdin.setEncoding('utf8').on('data', (text: string) => {
  if (text.includes('other')) {
    // As a browser that Credence opens: it outlives it.
    const other = spawn('/bin/sleep', ['20'], { detached: true, stdio: 'ignore' });
    other.unref();
    console.log(`other ${String(other.pid)}.`);
  }
  if (text.includes('exit')) process.exit(0);
  if (text.includes('throw')) throw new Error('made up');
});
