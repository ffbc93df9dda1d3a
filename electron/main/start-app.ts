import { app, clipboard, dialog, Notification, shell } from 'electron';
import type { Reply } from '../../shared/ipc/contract.ts';
import type { MenuAction, Screen, Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Calendar } from '../../shared/presentation/days.ts';
import { changeNotice } from '../../shared/presentation/window/change-notice.ts';
import { deskView } from '../../shared/presentation/window/desk-view.ts';
import { folderBook } from '../../shared/presentation/window/folder-book.ts';
import { placeBook } from '../../shared/presentation/window/place-book.ts';
import { menuActionOf } from '../../shared/presentation/window/tray-menu.ts';
import type { WindowView } from '../../shared/presentation/window/window-snapshot.ts';
import { PLACE_EDITORS } from '../../shared/usecases/changes/all-editors.ts';
import { createChangeDesk } from '../../shared/usecases/desk/change-desk.ts';
import { createDesk, type DeskState } from '../../shared/usecases/desk/desk.ts';
import { NEWEST_RECORDED } from '../../shared/core/rules/versions.ts';
import { organisationTokens } from '../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import { createSignInDesk } from '../../shared/usecases/desk/sign-in-desk.ts';
import type { AppAdapters } from '../adapters/create-adapters.ts';
import { VERSION } from '../cli/version.ts';
import { registerCommands } from './commands.ts';
import { appLoginItem } from './login-item.ts';
import { openPlace } from './open-place.ts';
import { setAppMenu } from './app-menu.ts';
import { replyTo, sourceOf } from './change-replies.ts';
import { DONE, failed } from './run-command.ts';
import { whyOwnDataStays } from '../../shared/presentation/window/own-data-words.ts';
import { signInFunctions } from './sign-in-functions.ts';
import { shellBrowser } from './shell-browser.ts';
import { createSignInCommands } from './sign-in-commands.ts';
import { createTray } from './tray.ts';
import { warmSignIn } from './warm-sign-in.ts';
import { createMainWindow } from './window.ts';

/** What the rest of the process may ask of the running app. */
export interface RunningApp {
  readonly show: (screen: Screen | null) => void;
  readonly refresh: () => void;
  /** Settles when nothing that was started runs any more; bounded. */
  readonly close: () => Promise<void>;
  /** The last thing before the process ends. */
  readonly finish: () => void;
}

/** The composition root of the tray app: one desk, one tray, one window, and what runs between them. */
export function startApp(
  {
    ports,
    changePorts,
    signInPorts,
    warmSignIn: warmUp,
    ownCommand,
    ownData,
    watcher,
    scheduler,
    trayPlace,
  }: AppAdapters,
  folder: string,
): RunningApp {
  const { platform } = ports.environment;
  const desk = createDesk({
    ports,
    watcher,
    scheduler,
    ownData,
    folders: folderBook(ports.environment),
    agent: `credence/${VERSION}`,
  });
  const changeDesk = createChangeDesk({
    ports: changePorts,
    editors: PLACE_EDITORS,
    look: () => desk.state().look,
    lookAgain: () => desk.look(),
    ownCommand,
  });
  const tokens = organisationTokens(signInPorts);
  const signInDesk = createSignInDesk({
    functions: signInFunctions({
      ports: { ...signInPorts, browser: shellBrowser(shell), writer: changePorts.writer },
      tokens,
      folder: () => desk.state().path,
      claudeCode: () => desk.state().look?.claudeCode ?? { version: NEWEST_RECORDED, from: 'assumed' },
    }),
    scheduler,
    inspections: () => desk.state().look?.inspections ?? [],
    // No login changes what the shell says, so that is not asked again; and the first look is asked for by itself.
    lookAgain: () => desk.start(),
  });
  const book = placeBook();
  const loginItem = appLoginItem(platform);
  let crashes = 0;
  /** The last thing that a menu could not do. */
  let trouble: { readonly number: number; readonly message: string } | null = null;
  let revision = 0;
  let shown = '';
  let view: WindowView | null = null;

  const calendar = (): Calendar => ({
    now: ports.clock.now(),
    utcOffsetMinutes: (time) => -new Date(time).getTimezoneOffset(),
  });
  const window = createMainWindow(
    folder,
    () => ports.clock.now(),
    () => {
      crashes += 1;
      publish();
    },
  );
  const tray = createTray(platform === 'darwin', fromMenu, () => {
    window.show(null);
  });

  const signInCommands = createSignInCommands({
    desk: signInDesk,
    organisations: book.organisations,
    showPage: () => {
      // A change that is being written keeps the window.
      changeDesk.drop();
      window.show('sign-in');
    },
    choose,
    copy,
  });

  let hasTray = tray !== null;

  function draw(): WindowView {
    const facts = {
      version: VERSION,
      dataFolder: ownData.folder,
      launchAtLogin: { on: loginItem.isOn(), obstacle: loginItem.obstacle },
      trayless: !hasTray,
      crashes,
      trouble,
    };
    return deskView(
      desk.state(),
      changeDesk.state(),
      signInDesk.state(),
      facts,
      revision + 1,
      book,
      calendar(),
    );
  }

  /** A view that reads like the last one is no news. */
  function publish(): void {
    const next = draw();
    const text = JSON.stringify({ ...next.snapshot, revision: 0 });
    if (text === shown) return;
    shown = text;
    revision += 1;
    view = next;
    tray?.show(next.tray?.mark ?? 'unknown', next.tooltip, next.snapshot.menu);
    window.publish(next.snapshot);
  }

  let before: DeskState = desk.state();
  desk.onChange(() => {
    const now = desk.state();
    tell(before, now);
    const isNew = before.look !== now.look;
    before = now;
    // Somebody may have signed in at a terminal; this publishes too.
    if (isNew) signInDesk.refresh();
    else publish();
  });

  changeDesk.onChange(publish);
  const warm = warmSignIn(scheduler, warmUp);
  signInDesk.onChange(() => {
    warm(signInDesk.state());
    publish();
  });

  function tell(then: DeskState, now: DeskState): void {
    if (then.look === null || now.look === null || then.look === now.look || then.question !== now.question)
      return;
    const notice = changeNotice(
      then.look.inspections,
      now.look.inspections,
      now.preferences.notices,
      calendar(),
    );
    if (notice === null || !Notification.isSupported()) return;
    const notification = new Notification({ title: notice.title, body: notice.body });
    notification.on('click', () => {
      window.show('answer');
    });
    notification.show();
  }

  /** Nobody waits for the reply of a menu: what went wrong is said in the window. */
  function fromMenu(action: MenuAction): void {
    void act(action)
      .catch(() => failed('internal'))
      .then((reply) => {
        if (reply.ok || reply.failure === 'cancelled') return;
        trouble = { number: (trouble?.number ?? 0) + 1, message: reply.message };
        publish();
        window.show('answer');
      });
  }

  async function act(action: MenuAction): Promise<Reply> {
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
        return chooseFolder();
      case 'folder':
        return (await desk.setFolder(action.id)) ? DONE : failed('not-known');
      case 'surface':
        await desk.setSurface(action.surface);
        return DONE;
      case 'mode':
        desk.setMode(action.mode);
        return DONE;
      case 'open-place':
        return open(action.id);
      case 'ask-which':
        return inWindow(changeDesk.askWhich().then(replyTo));
      case 'change':
        return inWindow(startChange(action.id));
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
  }

  /** From a menu: the window shows what comes of it. */
  async function inWindow(asked: Promise<Reply>): Promise<Reply> {
    const reply = await asked;
    if (reply.ok) window.show('change');
    return reply;
  }

  async function startChange(id: string): Promise<Reply> {
    const signIn = book.signIns.find(id);
    if (signIn !== null) return signInCommands.start(signIn);
    const wish = book.wishes.find(id);
    if (wish === null) return failed('not-known');
    const reply = replyTo(await changeDesk.startChange(wish));
    // What led to it has been read; one that is under way goes on.
    if (reply.ok) signInDesk.leave();
    return reply;
  }

  async function chooseFolder(): Promise<Reply> {
    const path = await choose({
      title: 'Which folder is Claude Code started in?',
      buttonLabel: 'Look there',
      defaultPath: desk.state().path,
      properties: ['openDirectory', 'showHiddenFiles'],
    });
    if (path === null) return failed('cancelled');
    await desk.addFolder(path);
    return DONE;
  }

  async function choose(options: Electron.OpenDialogOptions): Promise<string | null> {
    const parent = window.dialogParent();
    const { canceled, filePaths } = await (parent === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(parent, options));
    const [path] = filePaths;
    return canceled ? null : (path ?? null);
  }

  async function open(id: string): Promise<Reply> {
    const place = book.find(id);
    return place === null ? failed('not-known') : openPlace(place);
  }

  const after = async (done: Promise<unknown>): Promise<Reply> => {
    await done;
    return DONE;
  };
  const ifDone = (done: boolean, message?: string): Promise<Reply> =>
    Promise.resolve(done ? DONE : failed('not-possible', message));

  registerCommands(
    {
      getSnapshot: () => Promise.resolve({ ok: true, value: newest() }),
      look: () => after(desk.look()),
      setMode: (mode) => {
        desk.setMode(mode);
        return Promise.resolve(DONE);
      },
      setSurface: (surface) => after(desk.setSurface(surface)),
      setFolder: (id) => act({ do: 'folder', id }),
      chooseFolder,
      openPlace: open,
      openMatrix: () => after(desk.setMatrix(true)),
      closeMatrix: () => after(desk.setMatrix(false)),
      copyMatrix: () => copy(newest().matrix?.text ?? null),
      setLaunchAtLogin: (on) => {
        const done = loginItem.set(on);
        publish();
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
      startChange,
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
        const action = menuActionOf(newest().menu, key);
        return action === null ? Promise.resolve(failed('not-known')) : act(action);
      },
    },
    window.isOwnPage,
  );

  function newest(): Snapshot {
    if (view === null) publish();
    return (view ?? draw()).snapshot;
  }

  async function copy(text: string | null): Promise<Reply> {
    if (text === null) return failed('not-known');
    // A promise since Electron 45.
    await clipboard.writeText(text);
    return DONE;
  }

  setAppMenu(platform === 'darwin', fromMenu, () => {
    window.hide();
  });
  publish();
  // What a crash left half done is put right before anything is told.
  void changeDesk.recover().finally(() => desk.start());
  if (tray === null || desk.state().phase === 'first-run') window.show('answer');
  // Electron makes a tray icon also where nobody draws it; then the window has to do.
  void trayPlace.isThere().then((there) => {
    if (there !== false) return;
    hasTray = false;
    publish();
    window.show('answer');
  });
  return {
    show: (screen) => {
      window.show(screen);
    },
    // Not `look`: that is a permission, and asks programs anew.
    refresh: () => void desk.start(),
    close: async () => {
      window.hide();
      // First of all: it looks again at its end.
      await signInDesk.close();
      window.letGo();
      desk.close();
      tray?.close();
    },
    finish: () => {
      if (desk.state().removed) ownData.removeRest();
    },
  };
}
