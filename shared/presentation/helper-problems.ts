import type { HelperProblem } from '../core/facts.ts';

/** What a run of the helper showed: continues “the helper …”. */
export const HELPER_PROBLEMS: Readonly<Record<HelperProblem, string>> = {
  'exit-code': 'ended with an error',
  'no-output': 'printed nothing',
  'several-lines': 'printed more than one line',
  'several-tokens': 'printed more than one word',
  'not-ascii': 'printed characters that are not plain ASCII',
  'too-long': 'printed more than 16,384 characters',
  'timed-out': 'did not end in time',
  'not-started': 'could not be started',
};

/** The same for a text that may be such a problem. */
export function helperProblem(problem: string | undefined): string {
  return problem !== undefined && Object.hasOwn(HELPER_PROBLEMS, problem)
    ? HELPER_PROBLEMS[problem as HelperProblem]
    : 'did not give a usable key';
}
