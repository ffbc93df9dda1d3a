import type { ParsedArguments } from './command.ts';
import { UsageError } from './usage-error.ts';

/**
 * Refuses options that say nothing about the way that was chosen: whoever gave one expected something of it.
 *
 * @param way as a person says it: `--provider`
 * @throws {UsageError}
 */
export function refuseStray(
  given: ParsedArguments,
  names: readonly string[],
  way: string,
  command: string,
): void {
  for (const name of names) {
    if (given.flag(name) || given.value(name) !== null)
      throw new UsageError(`--${name} does not go with ${way}.`, command);
  }
}
