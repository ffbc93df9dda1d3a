import { LOGIN_WAYS } from '../../core/sign-in/claude-login.ts';
import type { OrganisationNote } from '../../core/sign-in/organisation-sign-in.ts';
import type { MenuItem } from '../../ipc/snapshot.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import type { Calendar } from '../days.ts';
import { action, separator, text } from './menu-items.ts';
import { tokenWords } from './organisation-sign-in-view.ts';
import { WAY_NAMES } from './sign-in-words.ts';

/** What the menu offers of signing in and out. */
export interface SignInMenu {
  readonly organisations: readonly {
    readonly id: string;
    /** As configured: short, and of plain letters. */
    readonly name: string;
    /** Configured no more: there is no way in, only one out. */
    readonly isFormer: boolean;
    readonly note: OrganisationNote | null;
  }[];
  /** Something runs or is waited for. */
  readonly isUnderWay: boolean;
  /** Whether that is about a Claude account. */
  readonly isClaude: boolean;
  /** It is being ended, or cannot be. */
  readonly isStopping: boolean;
}

/** While it is under way: what it waits for, and the way out. When it is over: the way to what became of it. */
export function signInLines(
  { isUnderWay, isClaude, isStopping }: SignInMenu,
  brief: string | null,
): readonly MenuItem[] {
  if (brief === null) return [];
  const show = { do: 'open-window', screen: 'sign-in' } as const;
  if (!isUnderWay)
    return [action('sign-in-show', `${brief}…`.replace(/……$/, '…'), show), separator('after-sign-in')];
  const what = isClaude ? 'login' : 'sign-in';
  return [
    text('sign-in-state', brief),
    action('sign-in-show', `Show the ${what}`, show),
    ...(isStopping ? [] : [action('sign-in-cancel', `Cancel ${what}`, { do: 'cancel-sign-in' })]),
    separator('after-sign-in'),
  ];
}

/** Every way in, the token for places where nobody logs in, and the ways out again. One at a time: while one is under way, these show it. */
export function signInMenu(
  { organisations }: SignInMenu,
  inspection: Inspection | null,
  calendar: Calendar,
): readonly MenuItem[] {
  const facts = inspection?.facts;
  // What cannot be read may be there all the same.
  const mayBeIn =
    facts === undefined ||
    facts.store.login !== null ||
    facts.consoleKey !== null ||
    (facts.store.state !== 'absent' && facts.store.state !== 'read');
  const outs = [
    ...(mayBeIn ? [action('log-out', 'Log out…', { do: 'log-out' })] : []),
    ...organisations
      .filter(({ note }) => note !== null)
      .map(({ id, name, isFormer }) =>
        action(`out-${id}`, `Sign out of ${name}${isFormer ? ' (not configured any more)' : ''}…`, {
          do: 'sign-out',
          id,
        }),
      ),
  ];
  const ins = organisations.filter(({ isFormer }) => !isFormer);
  return [
    ...LOGIN_WAYS.map((way) => action(`log-in-${way}`, `${WAY_NAMES[way]}…`, { do: 'log-in', way })),
    ...(ins.length === 0 ? [] : [separator('before-organisations')]),
    ...ins.map(({ id, name, note }) =>
      action(`in-${id}`, `${name}${stateWords(note, calendar)}…`, { do: 'sign-in', id }),
    ),
    separator('before-token'),
    action('setup-token', 'Set up a token for scripts…', { do: 'setup-token' }),
    ...(outs.length === 0 ? [] : [separator('before-outs'), ...outs]),
  ];
}

/** “ (signed in, renews itself)”; nothing before anybody has signed in. */
function stateWords(note: OrganisationNote | null, calendar: Calendar): string {
  if (note === null) return '';
  switch (note.state) {
    case 'needs-sign-in':
      return ' (has to be signed in again)';
    case 'entry-changed':
      return ' (configured otherwise since the sign-in)';
    case 'signed-in':
      return ` (signed in, ${tokenWords(note, calendar)})`;
  }
}
