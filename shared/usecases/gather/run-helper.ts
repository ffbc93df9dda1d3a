import type { HelperRun } from '../../core/facts.ts';
import { checkHelperOutput } from '../../core/helper/contract.ts';
import type { FingerprintOf } from '../../core/secret.ts';
import type { ProcessRunner } from '../../ports/process-runner.ts';

/** How long a helper may take when the user asks for a run: milliseconds. */
const DEADLINE = 30_000;
const MOST_OUTPUT = 64 * 1024;

/**
 * Runs a helper once, exactly as Claude Code would: by the system's shell, in the start folder, with the user's environment.
 * Only ever called when the user asked for this run.
 */
export async function runHelper(
  processes: ProcessRunner,
  command: string,
  folder: string,
  platform: 'linux' | 'darwin' | 'win32',
  variables: Readonly<Record<string, string | undefined>>,
  fingerprintOf: FingerprintOf,
): Promise<HelperRun> {
  const windows = platform === 'win32';
  const result = await processes.run({
    file: windows ? (variables['ComSpec'] ?? 'C:\\Windows\\System32\\cmd.exe') : '/bin/sh',
    args: windows ? ['/d', '/s', '/c', command] : ['-c', command],
    folder,
    variables,
    deadline: DEADLINE,
    maxBytes: MOST_OUTPUT,
  });
  const { milliseconds } = result;
  if (result.state !== 'ended') {
    return {
      ok: false,
      problem: result.state === 'timed-out' ? 'timed-out' : 'not-started',
      milliseconds,
      printed: false,
    };
  }
  const checked = checkHelperOutput(result.output, result.exitCode, result.truncated);
  return checked.ok
    ? { ok: true, fingerprint: fingerprintOf(checked.value), milliseconds }
    : { ok: false, problem: checked.problem, milliseconds, printed: checked.printed };
}
