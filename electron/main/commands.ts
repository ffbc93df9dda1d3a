import { ipcMain } from 'electron';
import * as v from 'valibot';
import {
  COMMANDS,
  type CommandArguments,
  type CommandFailure,
  type Reply,
} from '../../shared/ipc/contract.ts';
import { channelOf, COMMAND_NAMES, type CommandName } from '../../shared/ipc/names.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';

export type Handlers = {
  readonly [Name in CommandName]: (
    ...args: CommandArguments<Name>
  ) => Promise<Reply<Name extends 'getSnapshot' ? Snapshot : null>>;
};

/** Who may ask. */
export type IsOwnPage = (sender: Electron.WebContents, frame: Electron.WebFrameMain | null) => boolean;

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

/**
 * Takes the commands of the window: checks who asks before anything is looked at, then the arguments, and lets nothing that is
 * thrown out, for it might quote what it stumbled over.
 */
export function registerCommands(handlers: Handlers, isOwnPage: IsOwnPage): void {
  for (const name of COMMAND_NAMES) {
    ipcMain.handle(channelOf(name), async (event, ...given: readonly unknown[]) => {
      if (!isOwnPage(event.sender, event.senderFrame)) return failed('refused');
      return run(name, handlers[name] as (...args: readonly unknown[]) => Promise<Reply<unknown>>, given);
    });
  }
}

/** One command, from the arguments to the reply; exported for tests. */
export async function run(
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
