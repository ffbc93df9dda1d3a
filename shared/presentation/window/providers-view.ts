import type { Facts } from '../../core/facts.ts';
import { publicUrl } from '../../core/settings/public-url.ts';
import type { OrganisationNote } from '../../core/sign-in/organisation-sign-in.ts';
import type { ProviderRow, ProvidersPanel } from '../../ipc/sign-in-snapshot.ts';
import type { ProviderCheck, ProviderEntry } from '../../usecases/desk/sign-in-functions.ts';
import type { SignInState } from '../../usecases/desk/sign-in-board.ts';
import type { Calendar } from '../days.ts';
import { printable } from '../printable.ts';
import { sentence } from '../sentence-case.ts';
import { shortPath } from '../short-path.ts';
import { clockTime } from './claude-sign-in-view.ts';
import { tokenWords } from './organisation-sign-in-view.ts';
import type { PlaceBook } from './place-book.ts';
import { checkTrouble } from './sign-in-words.ts';

/** The organisations that are set up, in words. */
export function providersView(
  { providers: { entries, faults, file }, checks }: SignInState,
  home: Pick<Facts['place'], 'home' | 'platform'>,
  book: PlaceBook,
  calendar: Calendar,
): ProvidersPanel {
  return {
    rows: entries.map((entry) => providerRow(entry, checks[entry.provider.name], book, calendar)),
    faults: faults.map(({ path, line, says }, number) => ({
      key: `fault-${String(number)}`,
      text: `${shortPath(path, home)}${line === null ? '' : `:${String(line)}`}: ${printable(says, 200)}`,
      place: book.idOf({ path, line }),
    })),
    file:
      file === null
        ? null
        : {
            label: shortPath(file.path, home),
            place: file.isThere ? book.idOf({ path: file.path, line: null }) : null,
          },
    command: 'credence providers --add',
  };
}

function providerRow(
  { provider, isFormer, note, use }: ProviderEntry,
  check: ProviderCheck | 'checking' | undefined,
  book: PlaceBook,
  calendar: Calendar,
): ProviderRow {
  const id = book.organisations.idOf(provider.name);
  const name = printable(provider.name);
  if (isFormer) return formerRow(id, name, note);
  const isIn = note?.state === 'signed-in';
  return {
    id,
    name,
    host: hostOf(provider.issuer),
    from: provider.from === 'managed' ? 'From your administrator' : 'In your file',
    mark: note === null ? 'shadowed' : isIn ? 'wins' : 'broken',
    state: providerState(note, calendar),
    signIn: isIn ? null : note === null ? 'Sign in…' : 'Sign in again…',
    signOut: note === null ? null : 'Sign out…',
    use: use === null ? null : book.wishes.idOf(use),
    canCheck: true,
    check: check === undefined ? null : checkWords(provider.name, check, calendar),
  };
}

/** Nothing is known of it but what is kept: only that can be ended. */
function formerRow(id: string, name: string, note: OrganisationNote | null): ProviderRow {
  const account = note?.account ?? null;
  return {
    id,
    name,
    host: null,
    from: 'In no file',
    mark: 'broken',
    state: `Not configured any more${account === null ? '' : `, signed in as ${printable(account)}`}`,
    signIn: null,
    signOut: 'Sign out…',
    use: null,
    canCheck: false,
    check: null,
  };
}

/** “Signed in as petra@northwind.example, renews itself”. */
export function providerState(note: OrganisationNote | null, calendar: Calendar): string {
  if (note === null) return 'Not signed in';
  if (note.state === 'needs-sign-in') return 'Has to be signed in again';
  if (note.state === 'entry-changed') return 'Configured otherwise since the sign-in, which is not used';
  const who = note.account === null ? '' : ` as ${printable(note.account)}`;
  return `Signed in${who}, ${tokenWords(note, calendar)}`;
}

function checkWords(
  name: string,
  check: ProviderCheck | 'checking',
  calendar: Calendar,
): ProviderRow['check'] {
  if (check === 'checking') return { state: 'checking', text: 'Asking the provider…' };
  const at = clockTime(check.at, calendar) ?? 'an unknown time';
  if (!check.ok)
    return {
      state: 'bad',
      text: sentence(`${checkTrouble(check.why, name).replace(/\.$/, '')} (asked at ${at})`),
    };
  const sentences = [
    `It answers (asked at ${at}).`,
    `You sign in at ${printable(check.host)}.`,
    ...(check.offersDevice ? ['It takes a code that is typed on another machine.'] : []),
    ...(check.revokes ? [] : ['It cannot be told of a sign-out.']),
  ];
  return { state: 'good', text: sentences.join(' ') };
}

/** Of an issuer, for people: without scheme and path. */
export function hostOf(issuer: string): string {
  return printable((publicUrl(issuer) ?? '').replace(/^[a-z]+:\/\//, '').replace(/\/.*$/, ''));
}
