import { constants } from 'node:os';

export const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type Interrupt = (typeof INTERRUPTS)[number];

/** The exit code of a program that a signal has ended, as shells number it. */
export function exitCodeOf(interrupt: Interrupt): number {
  return 128 + constants.signals[interrupt];
}

/**
 * Hears the signals by which a person or a system ends a command, until it is asked not to: what runs then has time to stop.
 *
 * @returns what lets the signals do again what they do by themselves
 */
export function hearInterrupts(heard: (interrupt: Interrupt) => void): () => void {
  for (const interrupt of INTERRUPTS) process.on(interrupt, heard);
  return () => {
    for (const interrupt of INTERRUPTS) process.off(interrupt, heard);
  };
}
