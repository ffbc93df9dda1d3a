import type { Terminal } from './command.ts';
import { EXIT } from './exit-code.ts';
import { reportError } from './report-error.ts';
import { UsageError } from './usage-error.ts';

/** Runs something and tells its exit code. Never throws: a bug becomes a sentence and a distinct code. */
export async function orReport(
  run: () => Promise<number>,
  terminal: Terminal,
  json: boolean,
): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UsageError) {
      await reportError(terminal, json, 'usage', error.message, helpHint(error));
      return EXIT.usage;
    }
    if (isFolderGone(error)) {
      const message =
        'The folder this was started in is not there any more, so nothing can be told about it.';
      await reportError(terminal, json, 'unreadable', message, 'Name another one with --folder.');
      return EXIT.unknown;
    }
    // The message of an unexpected error may quote what it stumbled over, so only its kind is shown.
    const kind = error instanceof Error ? error.name : typeof error;
    await reportError(
      terminal,
      json,
      'internal',
      `Credence stumbled (${kind}). Nothing was changed. Please report this with “credence doctor”.`,
    );
    return EXIT.unknown;
  }
}

/** What Node says when the working folder has been removed. */
function isFolderGone(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd';
}

function helpHint({ command }: UsageError): string {
  return `See “credence ${command === null ? '' : `${command} `}--help”.`;
}
