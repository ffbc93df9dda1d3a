import { EVERYDAY_MODES } from '../../core/conflict-finding/conflict-rule.ts';
import { answeredVerdict } from '../../core/settle-ladder.ts';
import type { ClaudeLoginState, LoginWay } from '../../core/sign-in/claude-login.ts';
import type { OrganisationSignInState } from '../../core/sign-in/organisation-sign-in.ts';
import type { SourceId } from '../../core/source-id.ts';
import { sentSources } from '../changes/sources-in-the-way.ts';
import { inspect, type Inspection } from '../inspect.ts';
import type { SignOutAnswer } from '../sign-in/organisation-tokens.ts';
import { whatIf, type WhatIfChange } from '../what-if.ts';
import type {
  LoginObstacle,
  LoginPreview,
  LogOutPreview,
  LogOutResult,
  ProviderEntry,
  SetupTokenNoted,
  SetupTokenPreview,
  SignInManner,
  SignInObstacle,
} from './sign-in-functions.ts';

/** What a person asked for; asked for again, it is tried again. */
export type SignInWish =
  | { readonly do: 'login'; readonly way: LoginWay }
  | { readonly do: 'log-out' }
  | { readonly do: 'setup-token' }
  | { readonly do: 'sign-in'; readonly name: string; readonly manner: SignInManner }
  | { readonly do: 'sign-out'; readonly name: string };

interface TaskBase {
  /** Another one for every attempt. */
  readonly id: string;
  readonly wish: SignInWish;
  /** What was found before it began, one for each mode. */
  readonly before: readonly Inspection[];
}

/** Signing in or out on its way; nothing in it is secret but the link of a login, which goes to the browser alone. */
export type SignInTask = TaskBase &
  (
    | { readonly kind: 'preparing'; readonly cancelling: boolean }
    /** It would not be used, or settings lead it elsewhere: that is said first. */
    | { readonly kind: 'before-login'; readonly preview: Ready<LoginPreview>; readonly then: Then }
    | {
        readonly kind: 'login';
        readonly preview: Ready<LoginPreview>;
        readonly then: Then;
        readonly state: ClaudeLoginState;
        readonly cancelling: boolean;
        /** What is true afterwards is known. */
        readonly looked: boolean;
      }
    | {
        readonly kind: 'sign-in';
        /** As it was configured when it began. */
        readonly entry: ProviderEntry | null;
        readonly state: OrganisationSignInState;
        readonly cancelling: boolean;
        readonly looked: boolean;
      }
    | {
        readonly kind: 'log-out';
        readonly preview: Ready<LogOutPreview>;
        readonly then: Then;
        readonly at: 'question' | 'working' | 'done' | 'failed';
        readonly result: LogOutResult | null;
      }
    | {
        readonly kind: 'setup-token';
        readonly preview: Ready<SetupTokenPreview>;
        /** `made`: whether one was made is asked, after a terminal has opened or where a person has to open one. */
        readonly at: 'question' | 'opening' | 'made' | 'noting' | 'done';
        readonly opened: boolean;
        readonly noted: SetupTokenNoted | null;
      }
    | {
        readonly kind: 'sign-out';
        readonly entry: ProviderEntry | null;
        readonly at: 'question' | 'working' | 'done' | 'failed';
        readonly answer: SignOutAnswer | null;
      }
    | {
        readonly kind: 'obstacle';
        readonly obstacle:
          | { readonly of: 'login'; readonly code: LoginObstacle }
          | { readonly of: 'sign-in'; readonly code: SignInObstacle };
      }
  );

type Ready<Preview extends { readonly ok: boolean }> = Extract<Preview, { readonly ok: true }>;
/** What each mode would use. */
type Then = readonly Inspection[];

export type WishOf<Do extends SignInWish['do']> = Extract<SignInWish, { readonly do: Do }>;
export type SignInTaskOf<Kind extends SignInTask['kind']> = Extract<SignInTask, { readonly kind: Kind }>;

/** Something runs, or is waited for: there is one of these at a time. */
export function isUnderWay(task: SignInTask | null): boolean {
  switch (task?.kind) {
    case undefined:
    case 'before-login':
    case 'obstacle':
      return false;
    case 'preparing':
      return true;
    case 'login':
    case 'sign-in':
      return !isOver(task);
    case 'setup-token':
      return task.at === 'opening' || task.at === 'noting';
    case 'log-out':
    case 'sign-out':
      return task.at === 'working';
  }
}

/** It has ended, and what is true now has been looked at where it changed anything. */
export function isOver({ state: { step }, looked }: SignInTaskOf<'login' | 'sign-in'>): boolean {
  return step.at === 'failed' || step.at === 'cancelled' || (step.at === 'done' && looked);
}

/** Names the question that is on the screen, so that no other one can be answered; `null`: none is asked. */
export function questionOf(task: SignInTask | null): string | null {
  if (task === null) return null;
  switch (task.kind) {
    case 'before-login':
      return task.id;
    case 'log-out':
      return task.at === 'question' ? task.id : null;
    case 'setup-token':
      if (task.at === 'question') return task.id;
      return task.at === 'made' ? `${task.id}-made` : null;
    case 'sign-out':
      if (task.at === 'question') return task.id;
      return mayGoOnAnyway(task) ? `${task.id}-anyway` : null;
    case 'preparing':
    case 'login':
    case 'sign-in':
    case 'obstacle':
      return null;
  }
}

/** The provider could not be told, so what is kept here stays until a person says otherwise. */
export const mayGoOnAnyway = ({ at, answer }: SignInTaskOf<'sign-out'>): boolean =>
  at === 'failed' && answer?.ok === false && answer.why.code === 'not-revoked';

/** What each mode would use with such a login; as now where there is a login already, since its account is not known yet. */
export function withLogin(now: readonly Inspection[], way: LoginWay): readonly Inspection[] {
  const source = sourceOfLogin(way);
  return now.map(({ facts, context }) => {
    const has = source === 'claude-login' ? facts.store.login !== null : facts.consoleKey !== null;
    return has ? inspect(facts, context) : supposing({ facts, context }, [add(source)]);
  });
}

export function withoutLogin(now: readonly Inspection[]): readonly Inspection[] {
  return now.map((inspection) => supposing(inspection, [take('claude-login'), take('console-key')]));
}

const add = (target: SourceId): WhatIfChange => ({ kind: 'with', target, place: null });
const take = (target: SourceId): WhatIfChange => ({ kind: 'without', target, place: null });

function supposing(
  { facts, context }: Pick<Inspection, 'facts' | 'context'>,
  changes: readonly WhatIfChange[],
): Inspection {
  const supposed = whatIf(facts, changes);
  return inspect(supposed.ok ? supposed.facts : facts, context);
}

const sourceOfLogin = (way: LoginWay): SourceId => (way === 'console' ? 'console-key' : 'claude-login');

/** The modes of every day in which something else is sent although there is such a login. */
export function losingModes(then: readonly Inspection[], way: LoginWay): readonly Inspection[] {
  return everyday(then).filter(({ verdict }) => {
    const answered = answeredVerdict(verdict);
    return answered.outcome === 'sends' && !sentSources(answered).includes(sourceOfLogin(way));
  });
}

/** It would be used nowhere, or is led elsewhere: a person may not want it then. */
export function asksFirst(preview: Ready<LoginPreview>, then: readonly Inspection[], way: LoginWay): boolean {
  if (preview.forced !== null && preview.forced !== way) return true;
  const usual = everyday(then);
  return usual.length > 0 && losingModes(then, way).length === usual.length;
}

const everyday = (inspections: readonly Inspection[]): readonly Inspection[] =>
  inspections.filter(({ context }) => EVERYDAY_MODES.some((mode) => mode === context.mode));
