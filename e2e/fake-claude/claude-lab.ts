import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeStartedPrograms } from '../../electron/adapters/programs/node-started-programs.ts';
import type { StartedProgram, STOP_WAITS } from '../../shared/ports/started-programs.ts';

/** Nobody listens there, so nothing gets out. */
const CLOSED = 'http://127.0.0.1:9';

/** A made-up home for a `claude`, with a browser that only writes down what it is to open. */
export interface ClaudeLab {
  readonly home: string;
  readonly variables: Readonly<Record<string, string>>;
  /** @throws {Error} when it is not started */
  start(file: string, args: readonly string[], options?: LabOptions): LabSession;
  /** What the browser was told to open since the last start. */
  readonly opened: () => URL | null;
  /** All files and folders in the home, relative to it, but those of the lab. */
  readonly files: () => readonly string[];
  /** Every process that was started in it, whoever started that. Linux. */
  readonly processes: () => readonly LabProcess[];
  /** Ends what is still running and removes the home. */
  close(): Promise<void>;
}

export interface LabOptions {
  readonly waits?: Readonly<Record<keyof typeof STOP_WAITS, number>>;
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

export interface LabSession {
  readonly program: StartedProgram;
  readonly output: () => string;
  readonly errors: () => string;
  send(text: string): boolean;
}

export interface LabProcess {
  readonly pid: number;
  /** Its words, with spaces between. */
  readonly command: string;
}

export function claudeLab(): ClaudeLab {
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-claude-')));
  chmodSync(base, 0o755);
  const home = path.join(base, 'home');
  mkdirSync(home);
  const page = path.join(base, 'page');
  const browser = path.join(base, 'browser');
  writeFileSync(browser, `#!/bin/sh\nprintf '%s' "$1" > '${page}.new' && mv '${page}.new' '${page}'\n`, {
    mode: 0o755,
  });
  const variables = {
    HOME: home,
    // The fake is a script of Node.
    PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
    BROWSER: browser,
    HTTPS_PROXY: CLOSED,
    HTTP_PROXY: CLOSED,
  };
  const running: StartedProgram[] = [];
  return {
    home,
    variables,
    start: (file, args, { waits, variables: more } = {}) => {
      rmSync(page, { force: true });
      const said = { output: '', error: '' };
      const programs = nodeStartedPrograms({ platform: 'linux', ...(waits === undefined ? {} : { waits }) });
      const program = programs.start({
        file,
        args,
        folder: home,
        variables: { ...variables, ...more },
        onOutput: (text, from) => (said[from] += text),
      });
      if (program === null) throw new Error(`“${file}” was not started`);
      running.push(program);
      return {
        program,
        output: () => said.output,
        errors: () => said.error,
        send: (text) => program.send(Buffer.from(text).toString('latin1')),
      };
    },
    opened: () => (existsSync(page) ? new URL(readFileSync(page, 'utf8')) : null),
    files: () => readdirSync(home, { recursive: true, encoding: 'utf8' }).sort(),
    processes: () => processesWith(`HOME=${home}`),
    close: async () => {
      await Promise.all(running.map((program) => program.stop()));
      rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Waits until it is so; should that never come, the test’s own time runs out. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function processesWith(variable: string): readonly LabProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(variable)) return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), command }];
      } catch {
        // It has ended meanwhile, or is another user’s.
        return [];
      }
    });
}
