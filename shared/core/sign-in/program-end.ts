/** How a program that was started came to its end. */
export interface ProgramEnd {
  /** `null`: a signal ended it. */
  readonly exitCode: number | null;
  /** Which step of `stop` it took; `by-itself` when nobody asked it to end. */
  readonly by: 'itself' | 'interrupt' | 'terminate' | 'kill';
}
