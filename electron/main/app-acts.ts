import { clipboard, dialog } from 'electron';
import type { Reply } from '../../shared/ipc/contract.ts';
import type { PlaceBook } from '../../shared/presentation/window/place-book.ts';
import type { ChangeDesk } from '../../shared/usecases/desk/change-desk.ts';
import type { Desk } from '../../shared/usecases/desk/desk.ts';
import type { SignInDesk } from '../../shared/usecases/desk/sign-in-desk.ts';
import { replyTo } from './change-replies.ts';
import { openPlace } from './open-place.ts';
import { DONE, failed } from './run-command.ts';
import type { SignInCommands } from './sign-in-commands.ts';
import type { MainWindow } from './window.ts';

/** What the running app consists of, for those who act on it. */
export interface AppParts {
  readonly desk: Desk;
  readonly changeDesk: ChangeDesk;
  readonly signInDesk: SignInDesk;
  readonly signInCommands: SignInCommands;
  readonly window: MainWindow;
  readonly book: PlaceBook;
}

/** What can be begun from the menu and from the page alike. */
export interface AppActs {
  /** @param id of a wish to change something, or to sign in or out first */
  readonly startChange: (id: string) => Promise<Reply>;
  readonly chooseFolder: () => Promise<Reply>;
  readonly openPlace: (id: string) => Promise<Reply>;
}

export function createActs(parts: AppParts): AppActs {
  const { desk, changeDesk, signInDesk, signInCommands, window, book } = parts;
  return {
    startChange: async (id) => {
      const signIn = book.signIns.find(id);
      if (signIn !== null) return signInCommands.start(signIn);
      const wish = book.wishes.find(id);
      if (wish === null) return failed('not-known');
      const reply = replyTo(await changeDesk.startChange(wish));
      // What led to it has been read; one that is under way goes on.
      if (reply.ok) signInDesk.leave();
      return reply;
    },
    chooseFolder: async () => {
      const path = await choose(window, {
        title: 'Which folder is Claude Code started in?',
        buttonLabel: 'Look there',
        defaultPath: desk.state().path,
        properties: ['openDirectory', 'showHiddenFiles'],
      });
      if (path === null) return failed('cancelled');
      await desk.addFolder(path);
      return DONE;
    },
    openPlace: async (id) => {
      const place = book.find(id);
      return place === null ? failed('not-known') : openPlace(place);
    },
  };
}

/** The system’s own dialog; `null`: it was closed. */
export async function choose(
  window: MainWindow,
  options: Electron.OpenDialogOptions,
): Promise<string | null> {
  const parent = window.dialogParent();
  const { canceled, filePaths } = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options));
  const [path] = filePaths;
  return canceled ? null : (path ?? null);
}

/** To the clipboard; `null`: there is nothing of the kind any more. */
export async function copy(text: string | null): Promise<Reply> {
  if (text === null) return failed('not-known');
  // A promise since Electron 45.
  await clipboard.writeText(text);
  return DONE;
}
