import { LOGIN_BAND } from '../../core/clocks.ts';
import type { ClaudeLoginState, LoginOutcome, LoginStep } from '../../core/sign-in/claude-login.ts';
import type {
  SignInDone,
  SignInFact,
  SignInFailed,
  SignInQuestion,
  SignInStepRow,
  SignInTask,
  SignInUnderWay,
} from '../../ipc/sign-in-snapshot.ts';
import { isOver, type SignInTaskOf } from '../../usecases/desk/sign-in-task.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { formatDays, formatTime, isDate, type Calendar } from '../days.ts';
import { printable } from '../printable.ts';
import { shortPath } from '../short-path.ts';
import { planName } from '../source-label.ts';
import type { PlaceBook } from './place-book.ts';
import { clearWhatWins, signInAfter, stillSent, whatWinsNow } from './sign-in-after.ts';
import {
  DELETED_WORDS,
  LOG_OUT_FAILURE_WORDS,
  loginFailureWords,
  QUESTION,
  WAY_NAMES,
} from './sign-in-words.ts';

/** What the views of signing in and out need beside their task. */
export interface SignInView {
  /** What is true now, one for each mode. */
  readonly current: readonly Inspection[];
  readonly book: PlaceBook;
  readonly calendar: Calendar;
}

export const fact = (
  key: string,
  label: string,
  text: string | null,
  isCode = false,
): readonly SignInFact[] => (text === null ? [] : [{ key, label, value: { kind: 'text', text, isCode } }]);

/** “14:03”; a clock that was set to nonsense tells nothing. */
export const clockTime = (time: number | null, calendar: Calendar): string | null =>
  isDate(time) ? formatTime(time, calendar) : null;

/** A login that Claude Code does, in words. */
export function loginView(task: SignInTaskOf<'login'>, view: SignInView): SignInTask {
  const { step } = task.state;
  if (!isOver(task)) return loginUnderWay(task, view);
  if (step.at === 'done') return loginDone(task, step.outcome, view);
  if (step.at !== 'failed') return cancelled(task.id, 'login');
  const { happened, means, advice } = loginFailureWords(step.why);
  return failed(task.id, { title: happened, lead: means, advice, brief: 'The login did not go well' });
}

function loginUnderWay(task: SignInTaskOf<'login'>, { calendar }: SignInView): SignInUnderWay {
  const { id, state, preview, before, then, cancelling } = task;
  const { step, startedAt, browserAt, link, asksCode, code } = state;
  const isStopping = cancelling || step.at === 'stopping';
  const isStarting = step.at === 'starting';
  const isWaiting = step.at === 'waiting' && !isStopping;
  const still = stillSent(then, state.way);
  const has = before.some(({ facts }) =>
    state.way === 'console' ? facts.consoleKey !== null : facts.store.login !== null,
  );
  const notes = [
    ...(has ? ['The new login takes the place of the one that is there.'] : []),
    ...(still === null ? [] : [`${still} Credence will ask about it after the login.`]),
  ];
  return {
    kind: 'under-way',
    id,
    title: isStopping ? 'Ending the login.' : LOGIN_TITLES[step.at],
    lead: isStopping
      ? 'Claude Code is asked to end, and has the time it needs for that.'
      : 'Claude Code does the login and keeps it. Credence never sees your password or tokens.',
    brief: isStopping
      ? 'Ending the login…'
      : isStarting
        ? 'Claude Code is starting…'
        : isWaiting
          ? 'Waiting for your approval in the browser…'
          : 'Checking who is logged in…',
    steps: [
      {
        key: 'started',
        state: isStarting ? 'now' : 'done',
        name: isStarting ? 'Claude Code is starting' : 'Claude Code started',
        time: isStarting ? null : clockTime(startedAt, calendar),
        since: isStarting ? startedAt : null,
        detail: { text: printable(preview.command, 120), isCode: true },
      },
      pageStep(state, calendar),
      {
        key: 'waiting',
        state: waitingState(state),
        name: 'Waiting for your approval',
        time: null,
        since: isWaiting && waitingState(state) === 'now' ? (browserAt ?? startedAt) : null,
        detail: null,
      },
      {
        key: 'checking',
        state: isChecking(step) ? 'now' : 'later',
        name: 'Check who is logged in',
        time: null,
        since: null,
        detail: null,
      },
    ],
    device: null,
    paste:
      isWaiting && asksCode
        ? {
            label: 'No way back from the browser? Paste the code it shows, here and nowhere else.',
            placeholder: 'Code from the browser',
            action: 'Send to Claude Code',
            said: CODE_WORDS[code],
          }
        : null,
    canOpenAgain: isWaiting && link !== null,
    canCopyAddress: isWaiting && link !== null,
    toDevice: null,
    facts: [],
    after:
      then.length === 0
        ? null
        : {
            title: 'What this login will change',
            rows: signInAfter(before, then, false),
            note: notes.length === 0 ? null : notes.join(' '),
          },
    cancel: { label: 'Cancel login', working: 'Ending…', isWorking: isStopping },
    footnote: 'Ends the program Credence started',
  };
}

const LOGIN_TITLES: Readonly<Record<LoginStep['at'], string>> = {
  starting: 'Claude Code is starting.',
  waiting: 'Approve the login in your browser.',
  checking: 'Checking who is logged in.',
  stopping: 'Ending the login.',
  done: 'Checking who is logged in.',
  failed: 'Ending the login.',
  cancelled: 'Ending the login.',
};

const CODE_WORDS = {
  none: null,
  sent: { text: 'Sent. Claude Code is checking it.', isTrouble: false },
  incomplete: { text: 'That is not all of the code. Copy it again: there is a # in it.', isTrouble: true },
  'other-attempt': {
    text: 'That code belongs to another login, so it was not sent. Take it from the page that this one opened.',
    isTrouble: true,
  },
} as const;

/** Once there is a page, it can be waited for. */
const hasPage = ({ browserAt, link }: ClaudeLoginState): boolean => browserAt !== null || link !== null;

function pageStep(state: ClaudeLoginState, calendar: Calendar): SignInStepRow {
  const { step, browserAt, startedAt } = state;
  const isAwaited = step.at !== 'starting' && !isChecking(step) && !hasPage(state);
  return {
    key: 'page',
    state: step.at === 'starting' ? 'later' : isAwaited ? 'now' : 'done',
    name: browserAt !== null ? 'Page opened' : hasPage(state) ? 'Address of the page known' : 'Open the page',
    time: clockTime(browserAt, calendar),
    since: isAwaited && step.at === 'waiting' ? startedAt : null,
    detail: browserAt === null ? null : { text: 'In your default browser.', isCode: false },
  };
}

function waitingState(state: ClaudeLoginState): SignInStepRow['state'] {
  if (isChecking(state.step)) return 'done';
  return state.step.at === 'starting' || !hasPage(state) ? 'later' : 'now';
}

const isChecking = ({ at }: LoginStep): boolean => at === 'checking' || at === 'done';

function loginDone(
  { id, before, state: { way } }: SignInTaskOf<'login'>,
  { kept, email, plan, organisation, loginEndsAt }: LoginOutcome,
  { current, book, calendar }: SignInView,
): SignInDone {
  const [first = '', ...rest] = whatWinsNow(current);
  return {
    kind: 'done',
    id,
    title: KEPT_TITLES[kept],
    lead: first,
    brief: 'The login is done',
    facts: [
      ...fact('account', 'Account', email === null ? null : printable(email)),
      ...fact('plan', 'Plan', plan === null ? null : (planName(plan) ?? printable(plan, 24))),
      ...fact('organisation', 'Organisation', organisation === null ? null : printable(organisation)),
      ...fact(
        'ends',
        'Login ends',
        isDate(loginEndsAt) ? formatDays(loginEndsAt - LOGIN_BAND, loginEndsAt, calendar) : null,
      ),
    ],
    after: signInAfter(before, current, true),
    notes: rest,
    remedy:
      kept === 'profile' ? null : clearWhatWins(current, kept === 'key' ? 'console' : way, book, calendar),
  };
}

const KEPT_TITLES: Readonly<Record<LoginOutcome['kept'], string>> = {
  login: 'You are logged in.',
  key: 'You are logged in to the Claude Console.',
  profile: 'You are logged in with a profile.',
};

/** Before a login that would not be used, or is led elsewhere. */
export function beforeLoginView(
  { id, wish, preview, before, then }: SignInTaskOf<'before-login'>,
  { book, calendar }: SignInView,
): SignInQuestion {
  const way = wish.do === 'login' ? wish.way : 'claude';
  const forced = preview.forced !== null && preview.forced !== way ? preview.forced : null;
  const still = stillSent(then, way);
  return {
    kind: 'question',
    id,
    questionId: id,
    title:
      forced === null
        ? 'This login would not be used here.'
        : `Claude Code will log in to ${PAGES[forced]} instead.`,
    lead:
      forced === null
        ? `${still ?? ''} Clear that first, or log in anyway.`.trim()
        : `The settings lead every login there, whatever is asked for.${still === null ? '' : ` ${still}`}`,
    brief: 'A question before the login',
    ...QUESTION,
    lists: [],
    after: { title: `With the ${WAY_NAMES[way]} login`, rows: signInAfter(before, then, false) },
    notes: [],
    remedy: clearWhatWins(then, way, book, calendar),
    action: 'Log in anyway',
    working: 'Starting…',
    isWorking: false,
    problem: null,
  };
}

const PAGES = { claude: 'a Claude subscription', console: 'the Claude Console', sso: 'SSO' } as const;

/** A log-out: what goes, before it goes. */
export function logOutView(task: SignInTaskOf<'log-out'>, { current }: SignInView): SignInTask {
  const { id, preview, before, then, at, result } = task;
  const isWorking = at === 'working';
  if (at === 'done') {
    const [first = '', ...rest] = whatWinsNow(current);
    const isTold = result?.ok === true && result.server === 'told';
    return {
      kind: 'done',
      id,
      title: 'You are logged out.',
      lead: first,
      brief: 'The log-out is done',
      facts: [],
      after: signInAfter(before, current, true),
      notes: isTold ? rest : [...rest, UNCONFIRMED],
      remedy: null,
    };
  }
  if (at === 'failed' && result?.ok === false) {
    const { happened, means, advice } = LOG_OUT_FAILURE_WORDS[result.why];
    return failed(id, { title: happened, lead: means, advice, brief: 'The log-out did not go well' });
  }
  const place = before[0]?.facts.place ?? { home: null, platform: 'linux' as const };
  const isNothing = preview.deletes.length === 0;
  return {
    kind: 'question',
    id,
    questionId: id,
    title: 'Log out of Claude Code?',
    lead: isNothing
      ? 'Nobody is logged in, so nothing will be deleted.'
      : 'Claude Code does it, and tells the server that the login has ended. This cannot be undone; you can log in again.',
    brief: isWorking ? 'Logging out…' : 'A question before the log-out',
    ...QUESTION,
    lists: isNothing
      ? []
      : [
          {
            title: 'What it deletes',
            items: preview.deletes.map(({ what, path }, number) => ({
              key: `deleted-${String(number)}`,
              text: DELETED_WORDS[what],
              place: path === null ? 'keychain' : shortPath(path, place),
            })),
          },
        ],
    after: then.length === 0 ? null : { title: 'After this', rows: signInAfter(before, then, false) },
    notes: ['Keys, tokens and profiles that you set elsewhere stay as they are.'],
    remedy: null,
    action: 'Log out',
    working: 'Logging out…',
    isWorking,
    problem: null,
  };
}

const UNCONFIRMED =
  'The server did not confirm that the login has ended. You can end it at claude.ai, in the settings of your account.';

/** What did not go well. */
export function failed(
  id: string,
  given: Pick<SignInFailed, 'title' | 'lead' | 'advice' | 'brief'> &
    Partial<Pick<SignInFailed, 'again' | 'toDevice' | 'choose'>>,
): SignInFailed {
  return { kind: 'failed', id, again: 'Try again', toDevice: null, choose: null, isQuiet: false, ...given };
}

export function cancelled(id: string, what: 'login' | 'sign-in'): SignInFailed {
  return {
    ...failed(id, {
      title: `The ${what} is cancelled.`,
      lead:
        what === 'login'
          ? 'Claude Code has ended. Nothing was changed.'
          : 'Nothing was kept. An earlier sign-in still counts.',
      advice: null,
      brief: `The ${what} is cancelled`,
    }),
    isQuiet: true,
  };
}
