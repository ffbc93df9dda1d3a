import type { Terminal } from './command.ts';

/** Stable; docs/schema/error.schema.json names them. */
export const ERROR_CODES = ['usage', 'unreadable', 'internal'] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Says why there is no answer: in JSON where that was asked for, which stdout then holds instead of the answer. */
export async function reportError(
  terminal: Terminal,
  json: boolean,
  code: ErrorCode,
  message: string,
): Promise<void> {
  if (json) {
    terminal.out(`${JSON.stringify({ schemaVersion: 1, error: { code, message } })}\n`);
    return;
  }
  // Loaded here only: an answer has no use for it.
  const { wrap } = await import('../../shared/presentation/text-layout.ts');
  terminal.error(`${wrap(message, terminal.columns, 'credence: ', '  ').join('\n')}\n`);
}
