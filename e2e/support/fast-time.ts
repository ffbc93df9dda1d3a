import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A process whose clocks, sleeps and waits can be made to run fast while it goes on; its children’s run as they do. */
export interface FastTime {
  /** What it is started with. Until `run` all is as ever. */
  readonly variables: Readonly<Record<string, string>>;
  /** From now on time runs so many times as fast for it, as if it had done so since its start. */
  run(times: number, processId: number): void;
}

/** Takes libfaketime: the process asks its C library what time it is and how long to wait, and gets another answer. */
export function fastTime(folder: string): FastTime {
  // Each distribution keeps the library elsewhere; the program knows where.
  const library = execFileSync('faketime', ['-f', '+0', '/bin/sh', '-c', 'printf %s "$LD_PRELOAD"'], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin' },
  });
  const file = path.join(folder, 'time');
  const write = (text: string): void => {
    writeFileSync(`${file}.new`, `${text}\n`);
    renameSync(`${file}.new`, file);
  };
  write('+0 x1');
  return {
    variables: { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1' },
    run: (times, processId) => {
      write(`+0 x${String(times)}`);
      // A wait that has begun is as long as it was; going on after a stop, the process reckons anew how long it is to wait.
      process.kill(processId, 'SIGSTOP');
      process.kill(processId, 'SIGCONT');
    },
  };
}
