import type { ParsedArguments } from './command.ts';
import { UsageError } from './usage-error.ts';

/**
 * Throws `UsageError` for an option that the wish has no use for: passed over in silence, it would leave somebody with something else
 * than what was asked for.
 *
 * @param wish what was asked for, as typed; `null`: nothing that options go with
 */
export function refuseStrays(
  given: ParsedArguments,
  wish: string | null,
  goesWith: Readonly<Record<string, readonly string[]>>,
  command: string,
): void {
  for (const [name, wishes] of Object.entries(goesWith))
    if ((given.flag(name) || given.value(name) !== null) && !wishes.includes(wish ?? ''))
      throw new UsageError(`--${name} goes with ${alternatives(wishes)}.`, command);
}

/** “claude, console or sso”. */
function alternatives(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
