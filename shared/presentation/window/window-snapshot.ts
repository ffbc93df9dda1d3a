import {
  SURFACE_MODES,
  SURFACES,
  type ClaudeCodeVersion,
  type Mode,
  type Surface,
} from '../../core/context.ts';
import type {
  Answer,
  Clocks,
  ContextBar,
  Door,
  Failure,
  FolderChoice,
  Ladder,
  Matrix,
  Notice,
  Settings,
  Snapshot,
} from '../../ipc/snapshot.ts';
import type { ChangesPanel, ChangeTask, KeyCheck } from '../../ipc/change-snapshot.ts';
import type { SignInTask } from '../../ipc/sign-in-snapshot.ts';
import { answeredVerdict, winnerOf } from '../../core/settle-ladder.ts';
import type { SourceId } from '../../core/source-id.ts';
import type { FaultExcerpt } from '../../usecases/desk/fault-excerpt.ts';
import { sourcesInTheWay } from '../../usecases/changes/sources-in-the-way.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import type { Calendar } from '../days.ts';
import { MODE_LABELS } from '../mode-words.ts';
import { notesOf } from '../notes.ts';
import { printable } from '../printable.ts';
import { shortPath } from '../short-path.ts';
import { loginPhrase } from '../source-label.ts';
import { answerView } from './answer-view.ts';
import { clocksView } from './clocks-view.ts';
import { conflictCards } from './conflict-view.ts';
import { ladderView } from './ladder-view.ts';
import { SURFACE_LABELS } from './surface-labels.ts';
import type { PlaceBook } from './place-book.ts';
import type { SignInMenu } from './sign-in-menu.ts';
import { trayMenu, type MenuView } from './tray-menu.ts';
import { trayView, type TrayView } from './tray-view.ts';
import { MARK_WORDS, verdictMark } from './verdict-mark.ts';

/** All that a snapshot is made of. */
export interface WindowState {
  readonly phase: Snapshot['phase'];
  readonly looking: boolean;
  /** Whether the inspections are about the folder and surface of this state. */
  readonly isAnswered: boolean;
  /** One for each mode that the surface can run; empty before the first look. */
  readonly inspections: readonly Inspection[];
  readonly folder: FolderChoice;
  /** The folder’s own name, for the menu’s first line. */
  readonly folderName: string;
  readonly recent: readonly FolderChoice[];
  readonly surface: Surface;
  readonly mode: Mode;
  readonly claudeCode: ClaudeCodeVersion | null;
  readonly notices: readonly Notice[];
  readonly matrix: Matrix | null;
  /** Of a settings file that is dropped. */
  readonly fault: FaultExcerpt | null;
  readonly settings: Settings;
  readonly task: ChangeTask | null;
  readonly signIn: SignInTask | null;
  readonly signInMenu: SignInMenu;
  readonly changes: ChangesPanel | null;
  /** The sources that a person can choose between. */
  readonly choices: readonly SourceId[];
  readonly keyCheck: KeyCheck | null;
  readonly canCheckKey: boolean;
}

export interface WindowView {
  readonly snapshot: Snapshot;
  /** For the icon and the tooltip. */
  readonly tray: TrayView | null;
  /** What the icon says when it is pointed at. */
  readonly tooltip: string;
}

/** What went wrong is not quoted: it might hold what was read. */
const LOOK_FAILED: Failure = {
  happened: 'Credence could not finish looking.',
  means:
    'Something went wrong inside Credence while it was reading. Nothing was changed, and nothing new is known about this folder.',
  advice:
    'Look again. If it stays so, run “credence doctor --report” in a terminal and send us what it prints.',
  reference: null,
};

const NO_LADDER: Ladder = { title: '', rows: [], end: null };
const NO_CLOCKS: Clocks = { title: '', ticks: [], ends: [], quiet: null };

/** Words everything that the window and the tray show; pure. */
export function windowView(
  state: WindowState,
  revision: number,
  book: PlaceBook,
  calendar: Calendar,
): WindowView {
  const shown = state.inspections.find(({ context }) => context.mode === state.mode) ?? null;
  // Nothing of another question, or of a look that failed, may stand under this folder’s name in the tray.
  const isCurrent = state.phase === 'ready' && state.isAnswered;
  const current = isCurrent ? state.inspections : [];
  const bar = contextBar({ ...state, inspections: current });
  const tray = isCurrent ? trayView(current, state.folderName, state.surface, calendar) : null;
  const conflicts = shown === null ? [] : conflictCards(shown, book);
  const others = state.inspections.filter(
    (inspection) => inspection !== shown && inspection.context.mode !== 'bare',
  );
  return {
    snapshot: {
      revision,
      phase: state.phase,
      looking: state.looking,
      failure: state.phase === 'failed' ? LOOK_FAILED : null,
      bar,
      answer: shown === null ? null : withExcerpt(answerView(shown, others, book), shown, state.fault),
      ladder: shown === null ? NO_LADDER : ladderView(shown, book, calendar),
      conflicts,
      clocks: shown === null ? NO_CLOCKS : clocksView(shown, calendar),
      notices: state.notices,
      notes: shown === null ? [] : notesShown(shown),
      menu: trayMenu({
        inspection: isCurrent ? shown : null,
        tray,
        waiting: waitingLine(state),
        bar,
        conflicts: isCurrent ? conflicts : [],
        signIn: state.signInMenu,
        brief: state.signIn?.brief ?? null,
        calendar,
        canChoose: isCurrent && state.choices.length > 1,
        toLogin: isCurrent && shown !== null ? loginWish(shown, state.choices, book) : null,
      }),
      matrix: state.matrix,
      settings: state.settings,
      task: state.task,
      signIn: state.signIn,
      changes: state.changes,
      canChoose: isCurrent && state.choices.length > 1,
      doors: isCurrent && shown !== null ? doorsOf(shown, state.signInMenu, book) : [],
      keyCheck: state.keyCheck,
      canCheckKey: isCurrent && state.canCheckKey,
    },
    tray,
    tooltip: tray?.line ?? waitingLine(state),
  };
}

/** “Make my subscription win here”: there is a login, it could be used, and something stands in its way. */
function loginWish(
  { verdict, facts, context }: Inspection,
  choices: readonly SourceId[],
  book: PlaceBook,
): MenuView['toLogin'] {
  if (!choices.includes('claude-login')) return null;
  if (winnerOf(answeredVerdict(verdict))?.source === 'claude-login') return null;
  // A bare run uses no login, whatever is cleared.
  const inTheWay = sourcesInTheWay(facts, context.claudeCode, 'claude-login') ?? [];
  if (inTheWay.length === 0) return null;
  const id = book.wishes.idOf({ kind: 'use', source: 'claude-login' });
  return { id, label: `Use ${loginPhrase(facts)} here…` };
}

/** Ways in, where the answer is that nobody is. A bare run uses no login. */
function doorsOf(
  { verdict, context }: Inspection,
  { organisations }: SignInMenu,
  book: PlaceBook,
): readonly Door[] {
  if (answeredVerdict(verdict).refuses !== 'not-logged-in' || context.mode === 'bare') return [];
  return [
    {
      id: book.signIns.idOf({ do: 'login', way: 'claude' }),
      title: 'Log in with a Claude subscription…',
      note: 'Pro, Max, Team or Enterprise',
    },
    {
      id: book.signIns.idOf({ do: 'login', way: 'console' }),
      title: 'Log in with Claude Console…',
      note: 'You pay per use',
    },
    ...organisations
      .filter(({ isFormer, note }) => !isFormer && note?.state !== 'signed-in')
      .map(({ name }) => ({
        id: book.signIns.idOf({ do: 'sign-in', name, manner: 'browser' }),
        title: `Sign in to ${name}…`,
        note: 'Your organisation’s own page, for a gateway or a vault',
      })),
  ];
}

/** The first line of the menu while there is no answer. */
function waitingLine({ phase, folderName }: WindowState): string {
  switch (phase) {
    case 'first-run':
      return 'Credence has not looked yet';
    case 'failed':
      return 'Credence could not finish looking';
    case 'ready':
      return `Looking in ${printable(folderName, 30)}…`;
  }
}

/** The lines around the fault stand with the answer that they changed. */
function withExcerpt(answer: Answer, { facts }: Inspection, fault: FaultExcerpt | null): Answer {
  if (fault === null) return answer;
  const place = shortPath(fault.path, facts.place);
  return {
    ...answer,
    excerpt: { title: `The fault in ${place}, line ${String(fault.line)}`, lines: fault.lines },
  };
}

function contextBar(state: WindowState): ContextBar {
  const { folder, recent, surface, mode, inspections, claudeCode } = state;
  return {
    folder,
    recent,
    surface,
    surfaces: SURFACES.map((id) => ({ id, label: SURFACE_LABELS[id] })),
    mode,
    modes: SURFACE_MODES[surface].map((id) => {
      const inspection = inspections.find(({ context }) => context.mode === id);
      const mark = inspection === undefined ? 'unknown' : verdictMark(inspection);
      return { id, label: MODE_LABELS[id], mark, says: MARK_WORDS[mark] };
    }),
    version: versionLabel(claudeCode),
  };
}

function versionLabel(claudeCode: ClaudeCodeVersion | null): ContextBar['version'] {
  if (claudeCode === null) return { text: 'Claude Code', title: 'Not looked for yet' };
  const { version, from } = claudeCode;
  if (from === 'assumed') {
    return {
      text: `Claude Code ${version}?`,
      title: `Which Claude Code is installed is not known; the answer is for ${version}`,
    };
  }
  return {
    text: `Claude Code ${version}`,
    title: from === 'installed' ? 'The installed version' : 'As asked for',
  };
}

/** Notes about the answer that are no conflict; what the window says already, or can do itself, is not told again. */
function notesShown(inspection: Inspection): readonly string[] {
  return notesOf(inspection).flatMap(({ code, message }) => {
    if (code === 'home-folder-asks') return [];
    return [code === 'helper-not-run' ? HELPER_NOT_RUN : message];
  });
}

const HELPER_NOT_RUN = 'The API key helper was not run; Credence does not run it unasked.';
