import { SURFACE_MODES, type Surface } from '../core/context.ts';
import type { Calendar } from '../presentation/days.ts';
import { deskView, type AppFacts } from '../presentation/window/desk-view.ts';
import { placeBook, type PlaceBook } from '../presentation/window/place-book.ts';
import type { WindowView } from '../presentation/window/window-snapshot.ts';
import { choices } from '../usecases/changes/choices.ts';
import { NO_CHANGES, type ChangeState } from '../usecases/desk/change-desk.ts';
import type { DeskState } from '../usecases/desk/desk.ts';
import { folderBook } from '../presentation/window/folder-book.ts';
import { NO_SIGN_IN, type SignInState } from '../usecases/desk/sign-in-board.ts';
import { FIRST_PREFERENCES } from '../usecases/desk/preferences.ts';
import { gatherFacts } from '../usecases/gather/gather-facts.ts';
import { inspect } from '../usecases/inspect.ts';
import { matrix } from '../usecases/matrix.ts';
import { SOME_NOON } from './fixed-clock.ts';
import { worldOf, type Given } from './given.ts';
import { worldPorts, type WorldOptions } from './worlds.ts';

export interface WindowOptions extends WorldOptions {
  readonly surface?: Surface;
  readonly withMatrix?: boolean;
  readonly state?: Partial<DeskState>;
  readonly app?: Partial<AppFacts>;
  readonly book?: PlaceBook;
  readonly changes?: Partial<ChangeState>;
  readonly signIn?: Partial<SignInState>;
}

export const AN_APP: AppFacts = {
  version: '0.1.0',
  dataFolder: '/home/p/.config/credence',
  launchAtLogin: { on: false, obstacle: null },
  trayless: false,
  trouble: null,
  crashes: 0,
};

/** What the window and the tray show of a world; the mode of the world is the one that is chosen. */
export async function windowOf(given: Given, options: WindowOptions = {}): Promise<WindowView> {
  const { now = SOME_NOON, app = {}, book = placeBook(), changes = {}, signIn = {} } = options;
  const calendar: Calendar = { now, utcOffsetMinutes: 0 };
  return deskView(
    await deskStateOf(given, options),
    { ...NO_CHANGES, ...changes },
    { ...NO_SIGN_IN, ...signIn },
    { ...AN_APP, ...app },
    1,
    book,
    calendar,
  );
}

/** A desk that has just looked at a world. */
export async function deskStateOf(given: Given, options: WindowOptions = {}): Promise<DeskState> {
  const { surface = 'terminal', withMatrix = false, state = {} } = options;
  const { ports, request, context } = worldPorts(worldOf(given), options);
  const { claudeCode, mode } = context;
  const asked = { ...request, surface, runHelper: false };
  const facts = await gatherFacts(ports, asked);
  const folders = folderBook(ports.environment);
  return {
    phase: 'ready',
    looking: false,
    isAnswered: true,
    look: {
      inspections: SURFACE_MODES[surface].map((one) => inspect(facts, { mode: one, claudeCode })),
      claudeCode,
      fault: null,
      choices: choices(facts, claudeCode),
      matrix: withMatrix ? await matrix(ports, asked, claudeCode) : null,
      paths: { asked: new Set(), listed: new Set() },
      shellFiles: new Set(),
    },
    path: request.folder,
    folder: folders.choice(request.folder),
    recent: [folders.choice('/home/p'), folders.choice('/srv/other')],
    preferences: { ...FIRST_PREFERENCES, mode, surface },
    matrixOpen: withMatrix,
    watching: 'watching',
    keeps: true,
    removed: false,
    liveCheck: null,
    question: 0,
    ...state,
  };
}
