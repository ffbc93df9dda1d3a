import { app } from 'electron';
import type { Reply } from '../../shared/ipc/contract.ts';
import type { MenuAction } from '../../shared/ipc/snapshot.ts';
import type { AppActs, AppParts } from './app-acts.ts';
import { replyTo } from './change-replies.ts';
import { DONE, failed } from './run-command.ts';

/** What each item of the tray’s menu does. */
export function createMenuActs(parts: AppParts, acts: AppActs): (action: MenuAction) => Promise<Reply> {
  const { desk, changeDesk, signInCommands, window } = parts;

  /** The window shows what comes of it. */
  const inWindow = async (asked: Promise<Reply>): Promise<Reply> => {
    const reply = await asked;
    if (reply.ok) window.show('change');
    return reply;
  };

  return async (action) => {
    switch (action.do) {
      case 'open-window':
        if (action.screen === 'matrix') void desk.setMatrix(true);
        // A task takes the window; a change under way keeps it.
        changeDesk.drop();
        if (action.screen === 'changes') changeDesk.openList();
        window.show(action.screen);
        return DONE;
      case 'refresh':
        await desk.look();
        return DONE;
      case 'choose-folder':
        return acts.chooseFolder();
      case 'folder':
        return (await desk.setFolder(action.id)) ? DONE : failed('not-known');
      case 'surface':
        await desk.setSurface(action.surface);
        return DONE;
      case 'mode':
        desk.setMode(action.mode);
        return DONE;
      case 'open-place':
        return acts.openPlace(action.id);
      case 'ask-which':
        return inWindow(changeDesk.askWhich().then(replyTo));
      case 'change':
        return inWindow(acts.startChange(action.id));
      case 'log-in':
        return signInCommands.start({ do: 'login', way: action.way });
      case 'log-out':
        return signInCommands.start({ do: 'log-out' });
      case 'setup-token':
        return signInCommands.start({ do: 'setup-token' });
      case 'sign-in':
        return signInCommands.handlers.startSignIn(action.id);
      case 'sign-out':
        return signInCommands.handlers.startSignOut(action.id);
      case 'cancel-sign-in':
        return signInCommands.handlers.cancelSignIn();
      case 'quit':
        app.quit();
        return DONE;
    }
  };
}
