import type { HelperProblem } from '../facts.ts';

export type HelperOutput =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: HelperProblem; readonly printed: boolean };

/** Longer output is refused (documented, and measured). */
export const LONGEST_OUTPUT = 16_384;

const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;

/**
 * Whether Claude Code can use what a helper printed: exit code 0 and one token of printable ASCII, at most 16,384 characters
 * after trimming (measured). `printed` tells whether something was printed that fits into a header: older versions sent that.
 */
export function checkHelperOutput(output: string, exitCode: number | null, truncated: boolean): HelperOutput {
  const value = output.trim();
  const problem = problemOf(value, truncated);
  if (problem === null && exitCode === 0) return { ok: true, value };
  return {
    ok: false,
    problem: exitCode === 0 ? (problem ?? 'exit-code') : 'exit-code',
    printed: isSendable(problem),
  };
}

function problemOf(value: string, truncated: boolean): HelperProblem | null {
  if (value === '') return 'no-output';
  if (truncated || value.length > LONGEST_OUTPUT) return 'too-long';
  if (/[\r\n]/.test(value)) return 'several-lines';
  if (/\s/.test(value)) return 'several-tokens';
  return PRINTABLE_ASCII.test(value) ? null : 'not-ascii';
}

/** Whether the text would at least have made a valid header. */
function isSendable(problem: HelperProblem | null): boolean {
  return problem !== 'no-output' && problem !== 'several-lines';
}
