import { publicUrl } from '../../core/settings/public-url.ts';
import type { OrganisationNote, SignInFailure, SignInStep } from '../../core/sign-in/organisation-sign-in.ts';
import type {
  SignInDone,
  SignInFact,
  SignInQuestion,
  SignInStepRow,
  SignInTask,
  SignInUnderWay,
} from '../../ipc/sign-in-snapshot.ts';
import type { ProviderEntry } from '../../usecases/desk/sign-in-functions.ts';
import { isOver, mayGoOnAnyway, questionOf, type SignInTaskOf } from '../../usecases/desk/sign-in-task.ts';
import { isDate, momentPhrase, type Calendar } from '../days.ts';
import { durationPhrase } from '../durations.ts';
import { printable } from '../printable.ts';
import { cancelled, clockTime, fact, failed, type SignInView } from './claude-sign-in-view.ts';
import { whatWinsNow } from './sign-in-after.ts';
import { DEVICE_HINT, pasteWords } from '../sign-in/organisation-words.ts';
import { QUESTION, signInFailureWords, signOutTrouble } from './sign-in-words.ts';

/** A sign-in to an organisation, in words. */
export function organisationView(task: SignInTaskOf<'sign-in'>, view: SignInView): SignInTask {
  const { id, state, entry, wish } = task;
  const { step } = state;
  if (!isOver(task)) return underWay(task, view);
  if (step.at === 'done') return done(task, step.note, view);
  if (step.at !== 'failed') return cancelled(id, 'sign-in');
  const takesDevice =
    entry?.provider.deviceFlow === true &&
    wish.do === 'sign-in' &&
    wish.manner === 'browser' &&
    !NO_WAY_HELPS.includes(step.why.code);
  const { happened, means, advice } = signInFailureWords(step.why, state.provider);
  return failed(id, {
    title: happened,
    lead: means,
    advice,
    brief: 'The sign-in did not go well',
    toDevice: takesDevice ? TO_DEVICE : null,
  });
}

/** What stands in the way does so whichever way somebody goes. */
const NO_WAY_HELPS: readonly SignInFailure['code'][] = [
  'no-place',
  'not-kept',
  'already-under-way',
  'internal',
];

const TO_DEVICE = 'Use a code instead';

function underWay(task: SignInTaskOf<'sign-in'>, { calendar }: SignInView): SignInUnderWay {
  const { id, state, entry, cancelling, wish } = task;
  const { step, stopsAt, returnsTo, takesPaste, paste, host } = state;
  const name = printable(state.provider);
  const isWaiting = step.at === 'waiting' && !cancelling;
  const isDevice = step.at === 'device' && !cancelling;
  return {
    kind: 'under-way',
    id,
    title: cancelling ? 'Ending the sign-in.' : titleOf(step, name),
    lead: step.at === 'device' && !cancelling ? DEVICE_HINT : leadOf(entry?.note ?? null, calendar),
    brief: cancelling ? 'Ending the sign-in…' : briefOf(step, name),
    steps: stepsOf(task, calendar),
    device:
      step.at === 'device' && !cancelling
        ? { code: printable(step.userCode, 40), where: addressOf(step.verificationUri) }
        : null,
    paste:
      isWaiting && takesPaste
        ? {
            label: 'No way back from the browser? Paste the address it stopped at, here and nowhere else.',
            placeholder: 'Code or address from the browser',
            action: 'Use this code',
            said: pasteSaid(paste),
          }
        : null,
    canOpenAgain: isWaiting || isDevice,
    canCopyAddress: isWaiting,
    toDevice:
      isWaiting && entry?.provider.deviceFlow === true && wish.do === 'sign-in' && wish.manner === 'browser'
        ? TO_DEVICE
        : null,
    facts:
      isWaiting || isDevice
        ? [
            ...(returnsTo === null ? [] : fact('returns', 'Returns to', returnsTo, true)),
            ...(isDevice && host !== null ? fact('host', 'Page of', printable(host), true) : []),
            ...(isDate(stopsAt)
              ? [{ key: 'stops', label: 'Stops waiting', value: { kind: 'until', at: stopsAt } } as const]
              : []),
            ...fact('account', 'Account', accountOf(entry?.note ?? null)),
            ...livesFact(entry?.note ?? null),
          ]
        : [],
    after: null,
    cancel: { label: 'Cancel sign-in', working: 'Ending…', isWorking: cancelling },
    footnote: 'You can close this window and go on',
  };
}

/** As in the terminal. */
function pasteSaid(
  paste: SignInTaskOf<'sign-in'>['state']['paste'],
): { text: string; isTrouble: boolean } | null {
  if (paste === 'taken') return { text: 'Taken. Credence is fetching the token.', isTrouble: false };
  const text = pasteWords(paste);
  return text === null ? null : { text, isTrouble: true };
}

function titleOf({ at }: SignInStep, name: string): string {
  if (at === 'starting') return `Asking ${name} how to sign in.`;
  if (at === 'waiting') return `Finish signing in to ${name} in your browser.`;
  return at === 'device' ? `Type this code to sign in to ${name}.` : `Signing in to ${name}.`;
}

function briefOf({ at }: SignInStep, name: string): string {
  if (at === 'waiting') return `Waiting for you to sign in to ${name}…`;
  return at === 'device' ? `Waiting for the code of ${name} to be typed…` : `Signing in to ${name}…`;
}

/** Why it is asked for, where that is known. */
function leadOf(note: OrganisationNote | null, calendar: Calendar): string {
  if (note?.state === 'needs-sign-in') return 'Asked for because the provider takes the last token no more.';
  if (note?.state === 'entry-changed')
    return 'Asked for because the provider is configured otherwise since the last sign-in.';
  if (note !== null && isDate(note.accessEndsAt) && note.accessEndsAt < calendar.now && !note.renews)
    return `Asked for because the last token ended ${momentPhrase(note.accessEndsAt, calendar, false)}.`;
  return 'Your organisation asks who you are. Credence never sees your password.';
}

function stepsOf(
  { state, cancelling, wish }: SignInTaskOf<'sign-in'>,
  calendar: Calendar,
): readonly SignInStepRow[] {
  const { step, startedAt, browserAt, host } = state;
  const at = ORDER[step.at];
  const row = (
    number: number,
    key: string,
    name: string,
    more: Partial<SignInStepRow> = {},
  ): SignInStepRow => ({
    key,
    state: at > number ? 'done' : at === number ? 'now' : 'later',
    name,
    time: null,
    since: at === number && !cancelling ? startedAt : null,
    detail: null,
    ...more,
  });
  const where = host === null ? null : { text: printable(host), isCode: false };
  const isDevice = step.at === 'device' || (wish.do === 'sign-in' && wish.manner === 'device');
  const opened = row(0, 'page', pageName(browserAt, isDevice, at > 0), {
    ...(browserAt === null ? {} : { state: 'done', since: null, time: clockTime(browserAt, calendar) }),
    ...(isDevice && at > 0 ? { time: clockTime(startedAt, calendar) } : {}),
    detail: where,
  });
  return [
    opened,
    row(1, 'waiting', isDevice ? 'Waiting for the code to be typed' : 'Waiting for the browser', {
      since: at === 1 && !cancelling ? (browserAt ?? startedAt) : null,
      detail:
        at > 1
          ? null
          : {
              text: isDevice
                ? 'On this or any other machine. This page goes on by itself.'
                : 'Sign in there. This page goes on by itself.',
              isCode: false,
            },
    }),
    row(2, 'keep', 'Keep the token in the keychain', { since: null }),
    row(3, 'check', 'Check what Claude Code gets', { since: null }),
  ];
}

function pageName(browserAt: number | null, isDevice: boolean, isKnown: boolean): string {
  if (isDevice) return isKnown ? 'Code shown' : 'Get a code';
  if (browserAt !== null) return 'Page opened';
  return isKnown ? 'Address of the page known' : 'Open the page';
}

const ORDER: Readonly<Record<SignInStep['at'], number>> = {
  starting: 0,
  waiting: 1,
  device: 1,
  exchanging: 2,
  keeping: 2,
  done: 3,
  failed: 0,
  cancelled: 0,
};

/** Where a person types the code: without what a link may carry. */
function addressOf(uri: string): string {
  return printable((publicUrl(uri) ?? '').replace(/^https:\/\//, ''), 120);
}

const accountOf = (note: OrganisationNote | null): string | null =>
  note?.account == null ? null : printable(note.account);

function livesFact(note: OrganisationNote | null): readonly SignInFact[] {
  if (note === null || !isDate(note.accessEndsAt) || note.accessEndsAt <= note.signedInAt) return [];
  const lives = durationPhrase(note.accessEndsAt - note.signedInAt);
  return fact('lives', 'Token lives', note.renews ? `${lives}, then Credence renews it` : lives);
}

function done(
  { id, state, entry }: SignInTaskOf<'sign-in'>,
  note: OrganisationNote,
  { current, calendar, book }: SignInView,
): SignInDone {
  const name = printable(state.provider);
  const use = entry?.use ?? null;
  return {
    kind: 'done',
    id,
    title: `You are signed in to ${name}.`,
    lead: 'The token is in the keychain, and nowhere else.',
    brief: 'The sign-in is done',
    facts: [
      ...fact('account', 'Account', accountOf(note)),
      ...fact('token', 'Token', tokenWords(note, calendar)),
    ],
    after: [],
    notes: [
      ...(note.missingScopes.length === 0
        ? []
        : [`The provider did not grant: ${printable(note.missingScopes.join(', '), 120)}.`]),
      ...whatWinsNow(current),
    ],
    remedy: use === null ? null : { id: book.wishes.idOf(use), label: 'Use for Claude Code…' },
  };
}

/** “renews itself”, “ends at 22:03”. */
export function tokenWords({ renews, accessEndsAt }: OrganisationNote, calendar: Calendar): string {
  if (renews) return 'renews itself';
  if (!isDate(accessEndsAt)) return 'end not known';
  const moment = momentPhrase(accessEndsAt, calendar, false);
  return accessEndsAt <= calendar.now ? `ended ${moment}` : `ends ${moment}`;
}

/** A sign-out: what goes, before it goes. */
export function signOutView(task: SignInTaskOf<'sign-out'>): SignInTask {
  const { id, entry, at, answer } = task;
  const name = printable(entry?.provider.name ?? '');
  if (at === 'done') {
    const revoked = answer?.ok === true ? answer.revoked : 'failed';
    return {
      kind: 'done',
      id,
      title: `You are signed out of ${name}.`,
      lead: REVOKED[revoked],
      brief: 'The sign-out is done',
      facts: [],
      after: [],
      notes: ['Claude Code gets no token from Credence until you sign in again.'],
      remedy: null,
    };
  }
  const isWorking = at === 'working';
  const anyway = mayGoOnAnyway(task);
  const problem = answer?.ok === false && !isWorking ? signOutTrouble(answer, name) : null;
  if (at === 'failed' && !anyway)
    return failed(id, {
      title: `You are not signed out of ${name}.`,
      lead: problem ?? '',
      advice: null,
      brief: 'The sign-out did not go well',
    });
  return signOutQuestion(entry, {
    id,
    questionId: questionOf(task) ?? id,
    name,
    isWorking,
    anyway: anyway || (isWorking && answer !== null),
    problem,
  });
}

function signOutQuestion(
  entry: ProviderEntry | null,
  given: Pick<SignInQuestion, 'id' | 'questionId' | 'isWorking' | 'problem'> & {
    readonly name: string;
    readonly anyway: boolean;
  },
): SignInQuestion {
  const { name, anyway, ...rest } = given;
  const account = accountOf(entry?.note ?? null);
  return {
    kind: 'question',
    ...rest,
    title: anyway ? 'Remove the token here only?' : `Sign out of ${name}?`,
    lead: anyway
      ? `It stays good at ${name} until it ends by itself.`
      : `Credence tells ${name} that the token is not good any more, then deletes it. ${
          entry?.isFormer === true
            ? 'To sign in again, it has to be configured again.'
            : 'You can sign in again.'
        }`,
    brief: rest.isWorking ? 'Signing out…' : 'A question before the sign-out',
    ...QUESTION,
    lists: [
      {
        title: 'What it deletes',
        items: [
          {
            key: 'token',
            text: account === null ? 'The token' : `The token of ${account}`,
            place: 'keychain',
          },
        ],
      },
    ],
    after: null,
    notes: ['Helpers that ask Credence for this token get none then.'],
    remedy: null,
    action: anyway ? 'Remove it here anyway' : `Sign out of ${name}`,
    working: 'Signing out…',
  };
}

const REVOKED = {
  revoked: 'The provider takes the token no more, and it is deleted here.',
  'not-offered':
    'The token is deleted here. This provider cannot be told, so it stays good there until it ends.',
  failed: 'The token is deleted here. The provider was not told, so it stays good there until it ends.',
  'nothing-to-revoke': 'What was kept is deleted here.',
} as const;
