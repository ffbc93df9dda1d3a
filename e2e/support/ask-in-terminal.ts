import { spawn } from 'node:child_process';

export interface TerminalTalk {
  /** All that was to be seen, the answer too, with the line ends of a terminal made plain. */
  readonly shown: string;
  /** `null`: it did not end in time. */
  readonly exitCode: number | null;
}

const DEADLINE = 20_000;

/**
 * Runs a line of shell in a terminal of its own and types an answer as soon as it is asked.
 *
 * @param question what the question ends with
 */
export function askInTerminal(
  line: string,
  {
    folder,
    variables,
    question,
    answer,
  }: {
    readonly folder: string;
    readonly variables: Readonly<Record<string, string>>;
    readonly question: string;
    readonly answer: string;
  },
): Promise<TerminalTalk> {
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
      cwd: folder,
      env: { ...variables },
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    });
    let [shown, isAnswered] = ['', false];
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, DEADLINE);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      // Behind it Node moves the cursor, and only then does it listen.
      const behind = shown.lastIndexOf(question);
      if (isAnswered || behind < 0 || !shown.slice(behind + question.length).includes('G')) return;
      isAnswered = true;
      child.stdin.write(answer);
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ shown: shown.replaceAll('\r\n', '\n'), exitCode });
    });
  });
}
