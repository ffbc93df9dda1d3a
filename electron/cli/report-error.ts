import type { Terminal } from './command.ts';

/** Stable; docs/schema/error.schema.json names them. */
export const ERROR_CODES = ['usage', 'unreadable', 'refused', 'internal'] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * Says why there is no answer: in JSON where that was asked for, which stdout then holds instead of the answer.
 *
 * @param hint stands on a line of its own, so that a command in it can be copied
 */
export async function reportError(
  terminal: Terminal,
  json: boolean,
  code: ErrorCode,
  message: string,
  hint: string | null = null,
): Promise<void> {
  if (json) {
    const whole = hint === null ? message : `${message} ${hint}`;
    terminal.out(`${JSON.stringify({ schemaVersion: 1, error: { code, message: whole } })}\n`);
    return;
  }
  // Loaded here only: an answer has no use for it.
  const { wrap } = await import('../../shared/presentation/text-layout.ts');
  const lines = [
    ...wrap(message, terminal.columns, 'credence: ', '  '),
    ...(hint === null ? [] : wrap(hint, terminal.columns, '  ')),
  ];
  terminal.error(`${lines.join('\n')}\n`);
}
