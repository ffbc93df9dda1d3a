import type { Notice, Settings } from '../../ipc/snapshot.ts';
import type { Facts } from '../../core/facts.ts';
import type { ChangeState } from '../../usecases/desk/change-desk.ts';
import type { DeskState } from '../../usecases/desk/desk.ts';
import type { SignInState } from '../../usecases/desk/sign-in-board.ts';
import { isUnderWay } from '../../usecases/desk/sign-in-task.ts';
import { canCheckKey, isAboutSentKey } from '../../usecases/check-key.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import type { KeyCheck } from '../../ipc/change-snapshot.ts';
import type { ProvidersPanel } from '../../ipc/sign-in-snapshot.ts';
import { REFUSAL_SENTENCES } from '../change-refusals.ts';
import { momentPhrase, type Calendar } from '../days.ts';
import { liveCheckSentence } from '../live-check-sentence.ts';
import { sentence } from '../sentence-case.ts';
import { changesPanelView } from './changes-panel-view.ts';
import { changeTaskView } from './change-task-view.ts';
import { matrixView } from './matrix-view.ts';
import type { PlaceBook } from './place-book.ts';
import { providersView } from './providers-view.ts';
import { signInTaskView } from './sign-in-task-view.ts';
import { windowView, type WindowView } from './window-snapshot.ts';

/** What the app knows of itself. */
export interface AppFacts {
  readonly version: string;
  readonly dataFolder: string | null;
  readonly launchAtLogin: { readonly on: boolean; readonly obstacle: string | null };
  /** The desktop draws no tray, so the window has to do. */
  readonly trayless: boolean;
  /** How often the window’s process came to an end of its own. */
  readonly crashes: number;
  /** The last thing that a menu could not do. */
  readonly trouble: { readonly number: number; readonly message: string } | null;
}

/** Words the whole app; pure. */
export function deskView(
  state: DeskState,
  changes: ChangeState,
  signIn: SignInState,
  app: AppFacts,
  revision: number,
  book: PlaceBook,
  calendar: Calendar,
): WindowView {
  const { look, preferences, folder, recent, phase, looking } = state;
  const shown = look?.inspections.find(({ context }) => context.mode === preferences.mode) ?? null;
  return windowView(
    {
      phase,
      looking,
      isAnswered: state.isAnswered,
      inspections: look?.inspections ?? [],
      folder,
      folderName: folder.label === '~' ? 'your home' : folderName(folder.label),
      recent,
      surface: preferences.surface,
      mode: preferences.mode,
      claudeCode: look?.claudeCode ?? null,
      notices: [...noticesOf(state, app), ...recoveredNotices(changes)].filter(
        ({ key }) => !preferences.dismissed.includes(key),
      ),
      fault: look?.fault ?? null,
      matrix:
        !state.matrixOpen || look?.matrix == null
          ? null
          : matrixView(look.matrix, look.claudeCode, book, calendar),
      settings: settingsOf(state, app, providersView(signIn, homeOf(state), book, calendar)),
      signIn:
        signIn.task === null
          ? null
          : signInTaskView(signIn.task, { current: look?.inspections ?? [], book, calendar }),
      signInMenu: {
        organisations: signIn.providers.entries.map(({ provider, isFormer, note }) => ({
          id: book.organisations.idOf(provider.name),
          name: provider.name,
          isFormer,
          note,
        })),
        isUnderWay: isUnderWay(signIn.task),
        isClaude: signIn.task !== null && !['sign-in', 'sign-out'].includes(signIn.task.wish.do),
        isStopping: isStopping(signIn.task),
      },
      task:
        changes.task === null ? null : changeTaskView(changes.task, look?.inspections ?? [], book, calendar),
      changes: changesPanelView(changes, homeOf(state), calendar),
      choices: look?.choices ?? [],
      keyCheck: keyCheckView(state.liveCheck, shown, calendar),
      canCheckKey: shown !== null && canCheckKey(shown),
    },
    revision,
    book,
    calendar,
  );
}

/** Of a live check, in a sentence with its time; only while the key that it was about is the one that is sent. */
function keyCheckView(
  liveCheck: DeskState['liveCheck'],
  shown: Inspection | null,
  calendar: Calendar,
): KeyCheck | null {
  if (liveCheck === 'checking') return { state: 'checking', text: 'Asking the server…' };
  const said = shown?.facts.liveCheck ?? null;
  if (shown === null || said === null || !isAboutSentKey(shown, said)) return null;
  const when = momentPhrase(said.checkedAt, calendar, false);
  return { state: said.state, text: sentence(`${liveCheckSentence(said)} (asked ${when})`) };
}

/** It is ended already, or nothing of it can be: what is being deleted is not taken back half way. */
function isStopping(task: SignInState['task']): boolean {
  if (task?.kind === 'log-out' || task?.kind === 'sign-out' || task?.kind === 'setup-token') return true;
  return task !== null && 'cancelling' in task && task.cancelling;
}

/** Of whoever looks; before the first look paths stand as they are. */
function homeOf({ look }: DeskState): Pick<Facts['place'], 'home' | 'platform'> {
  return look?.inspections[0]?.facts.place ?? { home: null, platform: 'linux' };
}

/** The last step of its path; the top has none. */
function folderName(label: string): string {
  const steps = label.startsWith('/') || label.startsWith('~') ? label.split('/') : label.split(/[\\/]/);
  return steps.at(-1) === '' ? label : (steps.at(-1) ?? label);
}

function noticesOf(state: DeskState, app: AppFacts): readonly Notice[] {
  const notices: Notice[] = [];
  if (app.crashes > 0) {
    notices.push({
      key: `window-${String(app.crashes)}`,
      mark: 'attention',
      title: 'This window had to be opened anew',
      text: 'Its process came to an end by itself. Nothing was changed, and what is shown is true as of now.',
    });
  }
  if (app.trouble !== null) {
    notices.push({
      key: `trouble-${String(app.trouble.number)}`,
      mark: 'attention',
      title: 'That was not done',
      text: app.trouble.message,
    });
  }
  if (app.trayless) {
    notices.push({
      key: 'no-tray',
      mark: 'nothing',
      title: 'This desktop draws no tray',
      text: 'Everything that its menu offers is in the menu of this window. Closing the window keeps Credence running; start it again to see it.',
    });
  }
  if (state.watching === 'limited') {
    notices.push({
      key: 'watch-limit',
      mark: 'attention',
      title: 'Not every change will be seen',
      text: 'This system has no more file watches to give (fs.inotify.max_user_watches). Use Refresh to look again.',
    });
  }
  if (!state.keeps) {
    notices.push({
      key: 'nothing-kept',
      mark: 'nothing',
      title: 'Your choices are not kept',
      text: 'Credence’s own folder cannot be written, so folder, mode and settings last until it quits.',
    });
  }
  if (state.removed) {
    notices.push({
      key: 'data-removed',
      mark: 'nothing',
      title: 'Credence’s own data is removed',
      text: 'Nothing is kept until you let it look again.',
    });
  }
  return notices;
}

/** What a crash had interrupted, and what became of it. */
function recoveredNotices({ recovered }: ChangeState): readonly Notice[] {
  return recovered.map(({ record, stuck }) => {
    const [first] = stuck;
    return {
      key: `recovered-${record.id}`,
      mark: first === undefined ? 'nothing' : 'attention',
      title: 'A change was interrupted',
      text:
        first === undefined
          ? 'Credence took back what was begun of it, so every file is as it was before.'
          : `Not all of it could be taken back. ${REFUSAL_SENTENCES[first.why]}`,
    };
  });
}

function settingsOf(state: DeskState, app: AppFacts, providers: ProvidersPanel): Settings {
  const { on, obstacle } = app.launchAtLogin;
  const { notices } = state.preferences;
  return {
    launchAtLogin: { on, available: obstacle === null, why: obstacle },
    notices: [
      {
        id: 'metered',
        label: 'When you begin to pay per use',
        note: 'A key takes the place of your subscription or organisation.',
        on: notices.metered,
      },
      {
        id: 'winner-changed',
        label: 'When another credential is used',
        note: 'Also when it costs nothing more.',
        on: notices['winner-changed'],
      },
      {
        id: 'login-ending',
        label: 'Before your login ends',
        note: 'Once, within the last days.',
        on: notices['login-ending'],
      },
    ],
    providers,
    dataFolder: app.dataFolder ?? 'nowhere: there is no home folder to keep anything in',
    removed: state.removed,
    appVersion: app.version,
  };
}
