import type { TerminalRequest, Terminals } from '../ports/terminals.ts';

export interface MemoryTerminals extends Terminals {
  /** What it was asked to start, in order. */
  readonly asked: readonly TerminalRequest[];
}

/** @param works whether the program of that path starts and goes on */
export function memoryTerminals(works: (file: string) => boolean = () => true): MemoryTerminals {
  const asked: TerminalRequest[] = [];
  return {
    asked,
    open: (request) => {
      asked.push(request);
      const isSayable = ![request.file, request.folder, ...request.args].some((word) => word.includes('\0'));
      return Promise.resolve(isSayable && works(request.file) ? 'opened' : 'failed');
    },
  };
}
