import { SURFACE_MODES, type Mode, type Surface } from '../../core/context.ts';
import type { FolderChoice, FolderId, NoticeKind } from '../../ipc/snapshot.ts';
import type { FileWatcher } from '../../ports/file-watcher.ts';
import type { OwnData } from '../../ports/own-data.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Scheduler } from '../../ports/scheduler.ts';
import type { LiveCheck } from '../../core/live-check.ts';
import { canCheckKey, checkKey, keyAddress, withLiveCheck } from '../check-key.ts';
import { rememberingProcessRunner } from '../remembering-process-runner.ts';
import { versionAsker } from './claude-version.ts';
import { lookAt, type Look } from './desk-look.ts';
import type { FolderNames } from './folder-names.ts';
import {
  FIRST_PREFERENCES,
  MOST_RECENT,
  parsePreferences,
  preferencesText,
  type Preferences,
} from './preferences.ts';

/** What the app knows at one moment; the presentation words it. */
export interface DeskState {
  readonly phase: 'first-run' | 'ready' | 'failed';
  readonly looking: boolean;
  readonly look: Look | null;
  /** Absolute, as it is; `folder` is how it is shown. */
  readonly path: string;
  readonly folder: FolderChoice;
  readonly recent: readonly FolderChoice[];
  readonly preferences: Preferences;
  readonly matrixOpen: boolean;
  readonly watching: FileWatcher['state'];
  /** Whether preferences are kept beyond this run. */
  readonly keeps: boolean;
  readonly removed: boolean;
  /** What a live check said, until it is asked about another key; `checking` while it goes on. */
  readonly liveCheck: LiveCheck | 'checking' | null;
  /** Whether the last look is about what is asked now. */
  readonly isAnswered: boolean;
  /** Counts changes of what is asked: an answer to another question is no change of the answer. */
  readonly question: number;
}

export interface Desk {
  readonly state: () => DeskState;
  readonly onChange: (listener: () => void) => void;
  /** Looks again, also at what running programs said. */
  readonly look: () => Promise<void>;
  /** Begins as soon as the first run is over. */
  readonly start: () => Promise<void>;
  /** Asks the server once whether the key that is used now is refused; `false`: there is none that may be asked about. */
  readonly checkKey: () => Promise<boolean>;
  readonly setMode: (mode: Mode) => void;
  readonly setSurface: (surface: Surface) => Promise<void>;
  /** `false`: no such folder is known. */
  readonly setFolder: (id: FolderId) => Promise<boolean>;
  readonly addFolder: (path: string) => Promise<void>;
  readonly setMatrix: (open: boolean) => Promise<void>;
  readonly setNotice: (kind: NoticeKind, on: boolean) => void;
  readonly dismiss: (key: string) => void;
  readonly removeOwnData: () => boolean;
  readonly close: () => void;
}

export interface DeskPorts {
  readonly ports: Ports;
  readonly watcher: FileWatcher;
  readonly scheduler: Scheduler;
  readonly ownData: OwnData;
  readonly folders: FolderNames;
  /** How a live check introduces itself: name and version. */
  readonly agent: string;
}

/** Milliseconds. After this a look that goes on is told. */
const LONG_LOOK = 300;
/** Events of one change come in a bunch. */
const BUNCH = 8;
/** Between the starts of two looks, however many events there are. */
const BREATH = 60;
/** Events that follow each other closely put a look off for so long, and no longer. */
const LONGEST_BUNCH = 250;
/** A last look after the last event: what an editor does in several steps, and what left no event. */
const LAST_LOOK = 900;

/** After this without an event the clocks have moved on. */
const TURN = 15 * 60_000;
/** The login shell is started so often within a minute because of its files, and no more. */
const MOST_SHELLS = 5;
const TURN_OF_SHELL = 60_000;
const noTimer = (): void => undefined;

/** Keeps the answer for one folder up to date: looks, watches, and remembers what it was asked. */
export function createDesk({ ports, watcher, scheduler, ownData, folders, agent }: DeskPorts): Desk {
  const kept = parsePreferences(ownData.read());
  const home = ports.environment.home ?? '/';
  const processes = rememberingProcessRunner(ports.processes);
  const askVersion = versionAsker();
  const own: Ports = { ...ports, processes };
  let listener = (): void => undefined;
  let state: DeskState = {
    phase: kept?.looked === true ? 'ready' : 'first-run',
    looking: false,
    look: null,
    path: kept?.folder ?? home,
    folder: folders.choice(kept?.folder ?? home),
    recent: [],
    preferences: kept ?? FIRST_PREFERENCES,
    matrixOpen: false,
    watching: 'watching',
    keeps: true,
    removed: false,
    isAnswered: false,
    liveCheck: null,
    question: 0,
  };
  state = { ...state, recent: recentOf(state.preferences) };

  let running: Promise<void> | null = null;
  let lastStart = -Infinity;
  /** When the first event came that no look has begun after; `null`: there is none. */
  let unseenSince: number | null = null;
  let watched: ReadonlySet<string> = new Set();
  /** What the last answer is about. */
  let answered: { readonly path: string; readonly surface: Surface } | null = null;
  let cancelNext = noTimer;
  let cancelLast = noTimer;
  let cancelTurn = noTimer;
  let cancelShell = noTimer;
  /** One of the shell’s files changed after it was asked. */
  let isShellStale = false;
  /** When it was asked again lately. */
  let renewals: readonly number[] = [];
  const loop = { again: false, closed: false };
  /** The server that the last live check is about. */
  let checkedAddress = '';

  const set = (change: Partial<DeskState>): void => {
    state = { ...state, ...change };
    // Who listened is gone.
    if (!loop.closed) listener();
  };

  function recentOf({ recent }: Preferences): readonly FolderChoice[] {
    return recent.filter((path) => path !== state.path).map((path) => folders.choice(path));
  }

  function keep(change: Partial<Preferences>): void {
    const preferences = { ...state.preferences, ...change };
    const keeps = state.phase === 'first-run' || ownData.write(preferencesText(preferences));
    set({ preferences, keeps });
  }

  /** Nothing is looked at any more, or not yet. */
  const isOver = (): boolean => loop.closed || state.phase === 'first-run';

  const isWanted = (): boolean => loop.again;
  const isAsking = (): boolean => state.liveCheck === 'checking' && !isOver();

  /** Runs looks one after another; events during one make it run once more. */
  function run(): Promise<void> {
    if (isOver()) return Promise.resolve();
    if (running !== null) {
      loop.again = true;
      return running;
    }
    running = (async () => {
      do {
        loop.again = false;
        await lookOnce();
      } while (isWanted() && !isOver());
    })().finally(() => {
      running = null;
    });
    return running;
  }

  async function lookOnce(): Promise<void> {
    lastStart = ports.clock.now();
    unseenSince = null;
    renewShell();
    const cancelSlow = scheduler.after(LONG_LOOK, () => {
      set({ looking: true });
    });
    const { path, preferences, matrixOpen, question } = state;
    const { surface } = preferences;
    try {
      const look = await lookAt(own, path, surface, matrixOpen, askVersion);
      // Meanwhile the permission to look may have been taken back.
      if (isOver()) return;
      watch(look);
      // Meanwhile something else was asked: that look follows.
      if (question !== state.question) loop.again = true;
      else {
        answered = { path, surface };
        set({
          look: withCheck(look),
          phase: 'ready',
          looking: false,
          isAnswered: true,
          watching: watcher.state,
        });
      }
    } catch {
      // What went wrong may quote what was read, so it is not told.
      if (isOver()) return;
      const isAbout = answered?.path === state.path && answered.surface === state.preferences.surface;
      set({ phase: 'failed', looking: false, look: isAbout ? state.look : null });
    } finally {
      cancelSlow();
      lookWhenTimePasses();
      if (state.looking && (!loop.again || isOver())) set({ looking: false });
    }
  }

  /** What a live check said is true of its key wherever that is sent to the same server. */
  function withCheck(look: Look): Look {
    const { liveCheck } = state;
    if (liveCheck === null || liveCheck === 'checking') return look;
    return {
      ...look,
      inspections: look.inspections.map((inspection) =>
        keyAddress(inspection) === checkedAddress ? withLiveCheck(inspection, liveCheck) : inspection,
      ),
    };
  }

  async function checkShownKey(): Promise<boolean> {
    const { look, preferences } = state;
    const inspection = look?.inspections.find(({ context }) => context.mode === preferences.mode);
    if (look === null || inspection === undefined || !canCheckKey(inspection)) return false;
    if (state.liveCheck === 'checking') return true;
    set({ liveCheck: 'checking' });
    const address = keyAddress(inspection);
    const liveCheck = await checkKey(own, inspection, agent).catch((error: unknown) => {
      // Else it would be asking for ever.
      set({ liveCheck: null });
      throw error;
    });
    // Meanwhile Credence may have been told to forget everything.
    if (!isAsking()) return true;
    checkedAddress = address;
    state = { ...state, liveCheck };
    set(state.look === null ? {} : { look: withCheck(state.look) });
    return true;
  }

  /** What changed between being read and being watched for the first time has left no event. */
  function watch({ paths }: Look): void {
    const before = watched;
    watched = paths.asked;
    watcher.watch(paths.asked, paths.listed);
    if ([...watched].some((path) => !before.has(path))) lookOnceMore();
  }

  /** Logins end without an event. */
  function lookWhenTimePasses(): void {
    cancelTurn();
    cancelTurn = isOver() ? noTimer : scheduler.after(TURN, () => void run());
  }

  /**
   * Asks the shell again when one of its files changed. A file that it writes itself at each start would have it started for
   * ever, so after some times it has to wait; what it says then is not lost, only later.
   */
  function renewShell(): void {
    if (!isShellStale) return;
    const now = ports.clock.now();
    renewals = renewals.filter((time) => now - time < TURN_OF_SHELL);
    if (renewals.length < MOST_SHELLS) {
      renewals = [...renewals, now];
      isShellStale = false;
      processes.forget();
    } else {
      cancelShell();
      cancelShell = scheduler.after(TURN_OF_SHELL, () => void run());
    }
  }

  function lookOnceMore(): void {
    cancelLast();
    cancelLast = scheduler.after(LAST_LOOK, () => void run());
  }

  function changed(path: string | null): void {
    if (path === null || state.look?.shellFiles.has(path) === true) isShellStale = true;
    const now = ports.clock.now();
    unseenSince ??= now;
    const wait = Math.min(BREATH, Math.max(BUNCH, lastStart + BREATH - now));
    const most = Math.max(0, unseenSince + LONGEST_BUNCH - now);
    cancelNext();
    cancelNext = scheduler.after(Math.min(wait, most), () => void run());
    lookOnceMore();
  }

  async function ask(change: Partial<Preferences>): Promise<void> {
    const path = change.folder ?? state.path;
    // What is shown belongs to the question before, so it is said at once that there is another.
    const looking = state.phase !== 'first-run';
    const surface = change.surface ?? state.preferences.surface;
    const isAnswered = answered?.path === path && answered.surface === surface;
    const folder = folders.choice(path);
    state = { ...state, path, folder, looking, isAnswered, question: state.question + 1 };
    keep(change);
    set({ recent: recentOf(state.preferences) });
    await run();
  }

  watcher.onChange(changed);
  return {
    state: () => state,
    onChange: (next) => {
      listener = next;
    },
    start: run,
    look: async () => {
      processes.forget();
      if (state.phase === 'first-run') {
        state = { ...state, phase: 'ready', removed: false };
        keep({ looked: true });
      }
      await run();
    },
    checkKey: checkShownKey,
    setMode: (mode) => {
      if (!SURFACE_MODES[state.preferences.surface].includes(mode)) return;
      state = { ...state, question: state.question + 1 };
      keep({ mode });
    },
    setSurface: (surface) => {
      const possible = SURFACE_MODES[surface];
      const { mode } = state.preferences;
      const next = possible.includes(mode) ? mode : (possible[0] ?? mode);
      return ask({ surface, mode: next });
    },
    setFolder: async (id) => {
      const path = folders.path(id);
      if (path === null) return false;
      await moveTo(path);
      return true;
    },
    addFolder: moveTo,
    setMatrix: async (matrixOpen) => {
      set({ matrixOpen });
      if (matrixOpen) await run();
    },
    setNotice: (kind, on) => {
      keep({ notices: { ...state.preferences.notices, [kind]: on } });
    },
    dismiss: (key) => {
      keep({ dismissed: [...new Set([...state.preferences.dismissed, key])].slice(-32) });
    },
    removeOwnData: () => {
      const removed = ownData.remove();
      ports.fingerprints.forget();
      processes.forget();
      cancelTurn();
      cancelShell();
      state = {
        ...state,
        phase: 'first-run',
        look: null,
        isAnswered: false,
        preferences: FIRST_PREFERENCES,
        matrixOpen: false,
        liveCheck: null,
      };
      state = { ...state, path: home, folder: folders.choice(home), question: state.question + 1 };
      watched = new Set();
      watcher.watch(watched, new Set());
      set({ recent: [], removed });
      return removed;
    },
    close: () => {
      loop.closed = true;
      cancelNext();
      cancelLast();
      cancelTurn();
      cancelShell();
      watcher.close();
    },
  };

  function moveTo(path: string): Promise<void> {
    const recent = [state.path, ...state.preferences.recent].filter((other) => other !== path);
    return ask({ folder: path, recent: [...new Set(recent)].slice(0, MOST_RECENT) });
  }
}
