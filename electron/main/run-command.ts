import * as v from 'valibot';
import { COMMANDS, type CommandFailure, type Reply } from '../../shared/ipc/contract.ts';
import type { CommandName } from '../../shared/ipc/names.ts';

export const DONE: Reply = { ok: true, value: null };

/** What the window shows when a command did nothing. */
const MESSAGES: Readonly<Record<CommandFailure, string>> = {
  refused: 'Credence did not take this command.',
  'not-known': 'That is not there any more. Look again.',
  cancelled: 'Nothing was changed.',
  'not-possible': 'The system could not do that.',
  internal: 'Something went wrong inside Credence. Nothing was changed.',
};

export function failed(
  failure: CommandFailure,
  message = MESSAGES[failure],
): Extract<Reply, { readonly ok: false }> {
  return { ok: false, failure, message };
}

/** One command, from the arguments to the reply. Nothing that is thrown gets out, for it might quote what it stumbled over. */
export async function runCommand(
  name: CommandName,
  handler: (...args: readonly unknown[]) => Promise<Reply<unknown>>,
  given: readonly unknown[],
): Promise<Reply<unknown>> {
  const parsed = v.safeParse(COMMANDS[name], given, { abortEarly: true });
  if (!parsed.success) return failed('refused');
  try {
    return await handler(...parsed.output);
  } catch (error) {
    const reference = error instanceof Error ? error.name : 'unknown';
    return { ...failed('internal'), reference };
  }
}
