import type { ProcessRunner, RunRequest, RunResult } from '../ports/process-runner.ts';

/**
 * Runs each program once and answers from that until it is told to forget: a login shell takes a moment to start, and says the
 * same as long as its files do.
 */
export function rememberingProcessRunner(
  runner: ProcessRunner,
): ProcessRunner & { readonly forget: () => void } {
  const results = new Map<string, Promise<RunResult>>();
  return {
    run: (request: RunRequest) => {
      const key = JSON.stringify([request.file, request.args, request.folder]);
      const result = results.get(key) ?? runner.run(request);
      results.set(key, result);
      return result;
    },
    forget: () => {
      results.clear();
    },
  };
}
