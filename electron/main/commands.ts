import { ipcMain } from 'electron';
import type { CommandArguments, Reply } from '../../shared/ipc/contract.ts';
import { channelOf, COMMAND_NAMES, type CommandName } from '../../shared/ipc/names.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { failed, runCommand } from './run-command.ts';

export type Handlers = {
  readonly [Name in CommandName]: (
    ...args: CommandArguments<Name>
  ) => Promise<Reply<Name extends 'getSnapshot' ? Snapshot : null>>;
};

/** Who may ask. */
export type IsOwnPage = (sender: Electron.WebContents, frame: Electron.WebFrameMain | null) => boolean;

/** Takes the commands of the window: checks who asks before anything is looked at. */
export function registerCommands(handlers: Handlers, isOwnPage: IsOwnPage): void {
  for (const name of COMMAND_NAMES) {
    ipcMain.handle(channelOf(name), async (event, ...given: readonly unknown[]) => {
      if (!isOwnPage(event.sender, event.senderFrame)) return failed('refused');
      return runCommand(
        name,
        handlers[name] as (...args: readonly unknown[]) => Promise<Reply<unknown>>,
        given,
      );
    });
  }
}
