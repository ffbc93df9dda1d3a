import type { ProgramEnd } from '../core/sign-in/program-end.ts';
import type { StartedPrograms, StartRequest } from '../ports/started-programs.ts';

/** A program that a test plays. */
export interface PlayedProgram {
  readonly request: StartRequest;
  /** What was sent to it, one entry for each time. */
  readonly received: readonly string[];
  readonly stopped: boolean;
  says(text: string, from?: 'output' | 'error'): void;
  ends(exitCode: number | null, by?: ProgramEnd['by']): void;
}

export interface ScriptedPrograms extends StartedPrograms {
  readonly played: readonly PlayedProgram[];
}

/**
 * @param canStart `false`: nothing can be started
 * @param onStop what a program does when it is to stop; unless said it ends by the interrupt
 */
export function scriptedPrograms(
  canStart = true,
  onStop: (program: PlayedProgram) => void = (program) => {
    program.ends(0, 'interrupt');
  },
): ScriptedPrograms {
  const played: PlayedProgram[] = [];
  return {
    played,
    start: (request) => {
      if (!canStart) return null;
      const received: string[] = [];
      let stopped = false;
      let isOver = false;
      let settle: (end: ProgramEnd) => void = () => undefined;
      const ended = new Promise<ProgramEnd>((resolve) => {
        settle = resolve;
      });
      const program: PlayedProgram = {
        request,
        received,
        get stopped() {
          return stopped;
        },
        says: (text, from = 'output') => {
          if (!isOver) request.onOutput(text, from);
        },
        ends: (exitCode, by = 'itself') => {
          isOver = true;
          settle({ exitCode, by });
        },
      };
      played.push(program);
      return {
        ended,
        send: (bytes) => {
          if (isOver) return false;
          received.push(bytes);
          return true;
        },
        stop: () => {
          if (!stopped && !isOver) {
            stopped = true;
            onStop(program);
          }
          return ended;
        },
      };
    },
  };
}
