import type { DoctorCheck } from '../usecases/doctor.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { checkSentence } from './doctor-sentences.ts';
import { tint, wrap, type TextStyle, type Tone } from './text-layout.ts';

const MARKS: Readonly<
  Record<DoctorCheck['result'], { readonly mark: string; readonly word: string; readonly tone: Tone | null }>
> = {
  pass: { mark: '●', word: 'pass', tone: null },
  fail: { mark: '✕', word: 'fail', tone: 'broken' },
  note: { mark: '·', word: 'note', tone: 'quiet' },
};

/** `credence doctor` for a person: the summary first. */
export function doctorText({ facts }: Inspection, checks: readonly DoctorCheck[], style: TextStyle): string {
  const failed = checks.filter(({ result }) => result === 'fail').length;
  const passed = checks.filter(({ result }) => result === 'pass').length;
  const head =
    failed === 0
      ? `All is well: ${String(passed)} checks passed.`
      : `${String(failed)} of ${String(failed + passed)} checks failed.`;
  const lines = checks.flatMap((check) => {
    const { mark, word, tone } = MARKS[check.result];
    const [first = '', ...rest] = wrap(
      checkSentence(check, facts.place),
      style.columns,
      `  ${mark} ${word}  `,
    );
    return [first.replace(`${mark} ${word}`, tint(`${mark} ${word}`, tone, style)), ...rest];
  });
  return [
    tint(head, 'strong', style),
    '',
    ...lines,
    '',
    ...wrap('“credence doctor --report” prints a report to copy.', style.columns),
    '',
  ].join('\n');
}
