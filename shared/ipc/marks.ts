/** Marks of a verdict, in the window and in the tray. */
export type VerdictMark = 'fine' | 'metered' | 'attention' | 'broken' | 'unknown' | 'nothing';
/** Marks of a rung. */
export type StateMark =
  'wins' | 'also' | 'shadowed' | 'ignored' | 'absent' | 'broken' | 'unreadable' | 'next';
/** What a mark or word is coloured as. */
export type Tone = 'ink' | 'quiet' | 'amber' | 'red';
