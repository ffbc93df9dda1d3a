import type { ClaudeLoginState } from '../core/sign-in/claude-login.ts';
import type { OrganisationSignInState } from '../core/sign-in/organisation-sign-in.ts';
import type {
  SignInDone,
  SignInQuestion,
  SignInTask as Shown,
  SignInUnderWay,
} from '../ipc/sign-in-snapshot.ts';
import { placeBook } from '../presentation/window/place-book.ts';
import { signInTaskView } from '../presentation/window/sign-in-task-view.ts';
import type { SignInTask, SignInTaskOf } from '../usecases/desk/sign-in-task.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { SOME_NOON } from './fixed-clock.ts';
import type { Given } from './given.ts';
import { entryOf, LOGIN_STARTS, SIGN_IN_STARTS } from './played-sign-in-desk.ts';
import { deskStateOf } from './window-of.ts';

const CALENDAR = { now: SOME_NOON + 5_000, utcOffsetMinutes: 0 };

/** What a world answers in each of its modes. */
export async function inspectionsOf(given: Given): Promise<readonly Inspection[]> {
  const { look } = await deskStateOf({ mode: 'interactive', ...given });
  return look?.inspections ?? [];
}

export const PREVIEW = {
  ok: true,
  command: 'claude auth login --claudeai',
  program: '/opt/claude',
  forced: null,
} as const;

/** A login on its way, from its first moment on. */
export function loginTask(
  state: Partial<ClaudeLoginState> = {},
  more: Partial<SignInTaskOf<'login'>> = {},
): SignInTaskOf<'login'> {
  return {
    kind: 'login',
    id: 'sign-in-1',
    wish: { do: 'login', way: 'claude' },
    before: [],
    then: [],
    preview: PREVIEW,
    state: { ...LOGIN_STARTS, ...state },
    cancelling: false,
    looked: true,
    ...more,
  };
}

/** A sign-in to an organisation on its way, from its first moment on. */
export function signInTask(
  state: Partial<OrganisationSignInState> = {},
  more: Partial<SignInTaskOf<'sign-in'>> = {},
): SignInTaskOf<'sign-in'> {
  return {
    kind: 'sign-in',
    id: 'sign-in-2',
    wish: { do: 'sign-in', name: 'northwind', manner: 'browser' },
    before: [],
    entry: entryOf(),
    state: { ...SIGN_IN_STARTS, ...state },
    cancelling: false,
    looked: true,
    ...more,
  };
}

/** What the window shows of it, a few seconds after noon. @param current what is true by then */
export function shownTask(task: SignInTask, current: readonly Inspection[] = [], book = placeBook()): Shown {
  return signInTaskView(task, { current, book, calendar: CALENDAR });
}

type Looked = Parameters<typeof shownTask>;

/** @throws {Error} when it is shown as something else, as the two below do */
export function underWay(...task: Looked): SignInUnderWay {
  const view = shownTask(...task);
  if (view.kind !== 'under-way') throw new Error(`It is ${view.kind}.`);
  return view;
}

export function doneView(...task: Looked): SignInDone {
  const view = shownTask(...task);
  if (view.kind !== 'done') throw new Error(`It is ${view.kind}.`);
  return view;
}

export function questionView(...task: Looked): SignInQuestion {
  const view = shownTask(...task);
  if (view.kind !== 'question') throw new Error(`It is ${view.kind}.`);
  return view;
}

const SIGNS = { done: '●', now: '◉', later: '○' } as const;

/** Each in a line: how far it is, its name, when it was done, and `…` where it is counted. */
export function stepsOf(task: SignInTask): readonly string[] {
  return underWay(task).steps.map(
    ({ state, name, time, since }) =>
      `${SIGNS[state]} ${name}${time === null ? '' : ` ${time}`}${since === null ? '' : ' …'}`,
  );
}
