import type { Reply } from '../../shared/ipc/contract.ts';
import type { MenuAction } from '../../shared/ipc/snapshot.ts';
import { whyOwnDataStays } from '../../shared/presentation/window/own-data-words.ts';
import { menuActionOf } from '../../shared/presentation/window/tray-menu.ts';
import type { OrganisationTokens } from '../../shared/usecases/sign-in/organisation-tokens.ts';
import { copy, type AppActs, type AppParts } from './app-acts.ts';
import { replyTo, sourceOf } from './change-replies.ts';
import type { Handlers } from './commands.ts';
import type { LoginItem } from '../../shared/ports/login-item.ts';
import type { PublishedView } from './published-view.ts';
import { DONE, failed } from './run-command.ts';

export interface PageCommandsReach {
  readonly view: PublishedView;
  readonly tokens: Pick<OrganisationTokens, 'known'>;
  readonly loginItem: LoginItem;
  readonly act: (action: MenuAction) => Promise<Reply>;
}

/** The commands that the page can give, each with what it does. */
export function createPageCommands(parts: AppParts, acts: AppActs, reach: PageCommandsReach): Handlers {
  const { desk, changeDesk, signInCommands, book } = parts;
  const { view, tokens, loginItem, act } = reach;
  return {
    getSnapshot: () => Promise.resolve({ ok: true, value: view.newest() }),
    look: () => after(desk.look()),
    setMode: (mode) => act({ do: 'mode', mode }),
    setSurface: (surface) => act({ do: 'surface', surface }),
    setFolder: (id) => act({ do: 'folder', id }),
    chooseFolder: acts.chooseFolder,
    openPlace: acts.openPlace,
    openMatrix: () => after(desk.setMatrix(true)),
    closeMatrix: () => after(desk.setMatrix(false)),
    copyMatrix: () => copy(view.newest().matrix?.text ?? null),
    setLaunchAtLogin: (on) => {
      const done = loginItem.set(on);
      view.publish();
      return ifDone(done, loginItem.obstacle ?? undefined);
    },
    setNotice: (kind, on) => {
      desk.setNotice(kind, on);
      return Promise.resolve(DONE);
    },
    removeOwnData: () => ifDone(desk.removeOwnData(), whyOwnDataStays(tokens.known())),
    dismissNotice: (key) => {
      desk.dismiss(key);
      return Promise.resolve(DONE);
    },
    startChange: acts.startChange,
    askWhich: async () => replyTo(await changeDesk.askWhich()),
    chooseOption: (id) => Promise.resolve(replyTo(changeDesk.choose(sourceOf(id)))),
    showPlan: () => Promise.resolve(replyTo(changeDesk.showPlan())),
    setRemoval: async (remove) => replyTo(await changeDesk.setRemoval(remove)),
    includePlace: async (id) => {
      const place = book.find(id);
      return place === null ? failed('not-known') : replyTo(await changeDesk.include(place.path));
    },
    applyPlan: async (id) => replyTo(await changeDesk.apply(id)),
    leaveChange: () => Promise.resolve(replyTo(changeDesk.leave())),
    openChanges: () => {
      changeDesk.openList();
      return Promise.resolve(DONE);
    },
    closeChanges: () => {
      changeDesk.closeList();
      return Promise.resolve(DONE);
    },
    undoChange: async (id) => replyTo(await changeDesk.undo(id)),
    checkKey: async () => ((await desk.checkKey()) ? DONE : failed('not-known')),
    ...signInCommands.handlers,
    menuAction: (key) => {
      const action = menuActionOf(view.newest().menu, key);
      return action === null ? Promise.resolve(failed('not-known')) : act(action);
    },
  };
}

async function after(done: Promise<unknown>): Promise<Reply> {
  await done;
  return DONE;
}

function ifDone(done: boolean, message?: string): Promise<Reply> {
  return Promise.resolve(done ? DONE : failed('not-possible', message));
}
