import { shell } from 'electron';
import type { MenuAction, Screen } from '../../shared/ipc/snapshot.ts';
import type { Calendar } from '../../shared/presentation/days.ts';
import { deskView } from '../../shared/presentation/window/desk-view.ts';
import { folderBook } from '../../shared/presentation/window/folder-book.ts';
import { placeBook } from '../../shared/presentation/window/place-book.ts';
import { PLACE_EDITORS } from '../../shared/usecases/changes/all-editors.ts';
import { createChangeDesk } from '../../shared/usecases/desk/change-desk.ts';
import { createDesk, type DeskState } from '../../shared/usecases/desk/desk.ts';
import { NEWEST_RECORDED } from '../../shared/core/rules/versions.ts';
import { organisationTokens } from '../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import { createSignInDesk } from '../../shared/usecases/desk/sign-in-desk.ts';
import type { AppAdapters } from '../adapters/create-adapters.ts';
import { VERSION } from '../cli/version.ts';
import { choose, copy, createActs, type AppParts } from './app-acts.ts';
import { createChangeNotices } from './change-notices.ts';
import { registerCommands } from './commands.ts';
import { appLoginItem } from './login-item.ts';
import { setAppMenu } from './app-menu.ts';
import { createMenuActs } from './menu-acts.ts';
import { createPageCommands } from './page-commands.ts';
import { publishedView } from './published-view.ts';
import { failed } from './run-command.ts';
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

  const calendar = (): Calendar => ({
    now: ports.clock.now(),
    utcOffsetMinutes: (time) => -new Date(time).getTimezoneOffset(),
  });
  const window = createMainWindow(
    folder,
    () => ports.clock.now(),
    () => {
      crashes += 1;
      view.publish();
    },
  );
  const tray = createTray(platform === 'darwin', fromMenu, () => {
    window.show(null);
  });
  let hasTray = tray !== null;
  const view = publishedView(
    (revision) => {
      const facts = {
        version: VERSION,
        dataFolder: ownData.folder,
        launchAtLogin: { on: loginItem.isOn(), obstacle: loginItem.obstacle },
        trayless: !hasTray,
        crashes,
        trouble,
      };
      const [look, change, signIn] = [desk.state(), changeDesk.state(), signInDesk.state()];
      return deskView(look, change, signIn, facts, revision, book, calendar());
    },
    ({ tray: face, tooltip, snapshot }) => {
      tray?.show(face?.mark ?? 'unknown', tooltip, snapshot.menu);
      window.publish(snapshot);
    },
  );

  const tell = createChangeNotices(calendar, () => {
    window.show('answer');
  });
  let before: DeskState = desk.state();
  desk.onChange(() => {
    const now = desk.state();
    tell(before, now);
    const isNew = before.look !== now.look;
    before = now;
    // Somebody may have signed in at a terminal; this publishes too.
    if (isNew) signInDesk.refresh();
    else view.publish();
  });
  changeDesk.onChange(view.publish);
  const warm = warmSignIn(scheduler, warmUp);
  signInDesk.onChange(() => {
    warm(signInDesk.state());
    view.publish();
  });

  const signInCommands = createSignInCommands({
    desk: signInDesk,
    organisations: book.organisations,
    showPage: () => {
      // A change that is being written keeps the window.
      changeDesk.drop();
      window.show('sign-in');
    },
    choose: (options) => choose(window, options),
    copy,
  });
  const parts: AppParts = { desk, changeDesk, signInDesk, signInCommands, window, book };
  const acts = createActs(parts);
  const act = createMenuActs(parts, acts);
  registerCommands(createPageCommands(parts, acts, { view, tokens, loginItem, act }), window.isOwnPage);

  /** Nobody waits for the reply of a menu: what went wrong is said in the window. */
  function fromMenu(action: MenuAction): void {
    void act(action)
      .catch(() => failed('internal'))
      .then((reply) => {
        if (reply.ok || reply.failure === 'cancelled') return;
        trouble = { number: (trouble?.number ?? 0) + 1, message: reply.message };
        view.publish();
        window.show('answer');
      });
  }

  setAppMenu(platform === 'darwin', fromMenu, () => {
    window.hide();
  });
  view.publish();
  // What a crash left half done is put right before anything is told.
  void changeDesk.recover().finally(() => desk.start());
  if (tray === null || desk.state().phase === 'first-run') window.show('answer');
  // Electron makes a tray icon also where nobody draws it; then the window has to do.
  void trayPlace.isThere().then((there) => {
    if (there !== false) return;
    hasTray = false;
    view.publish();
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
