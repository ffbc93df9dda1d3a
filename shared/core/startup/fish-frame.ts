export type FrameKind = 'file' | 'if' | 'loop' | 'switch' | 'begin' | 'function';

/** The commands between a word such as `if` and its `end`. */
export interface Frame {
  readonly kind: FrameKind;
  readonly conditional: boolean;
  readonly inFunction: boolean;
  /** What `set -l` has made local in here. */
  readonly locals: string[];
  readonly firstEvent: number;
  /** The name of the function whose body it is. */
  functionName: string;
}

export function openFrame(
  kind: FrameKind,
  parent: Frame | null,
  chained: boolean,
  firstEvent: number,
): Frame {
  return {
    kind,
    conditional: chained || (parent?.conditional ?? false) || (kind !== 'file' && kind !== 'begin'),
    inFunction: kind === 'function' || (parent?.inFunction ?? false),
    locals: [],
    firstEvent,
    functionName: '',
  };
}
