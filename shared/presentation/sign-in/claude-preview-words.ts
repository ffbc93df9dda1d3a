import type { Mode } from '../../core/context.ts';
import { SOURCES } from '../../core/sources/index.ts';
import { answeredVerdict } from '../../core/settle-ladder.ts';
import type { ClaudeLoginPreview, InTheWay } from '../../usecases/sign-in/claude-login-preview.ts';
import type { LogoutPreview, LogoutResult } from '../../usecases/sign-in/claude-logout.ts';
import { sentSources } from '../../usecases/changes/sources-in-the-way.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { answerSentence } from '../answer-sentence.ts';
import { MODE_SUBJECTS, modesSubject } from '../mode-words.ts';
import { originPhrase } from '../origin-label.ts';
import { printable } from '../printable.ts';
import { capitalised } from '../sentence-case.ts';
import { shortPath } from '../short-path.ts';
import { planName, sourcePhrase } from '../source-label.ts';
import { LOGIN_METHOD_PHRASES } from './claude-words.ts';

/** One thing that a person should know before, with the command that puts it right, where there is one. */
export interface PreviewNote {
  readonly text: string;
  readonly command: string | null;
}

/** What speaks against a login, gravest first; none: it does what one expects. */
export function loginPreviewNotes(preview: ClaudeLoginPreview): readonly PreviewNote[] {
  const [first] = preview.then;
  const { forcedBy, organisations, replaces, goes } = preview;
  const place = first?.facts.place ?? { home: null, platform: 'linux', surface: 'terminal' };
  const notes: PreviewNote[] = winnerNotes(preview);
  if (forcedBy !== null) {
    const text = `The login goes to ${LOGIN_METHOD_PHRASES[goes]} all the same: forceLoginMethod in ${originPhrase(forcedBy, place)} forces it.`;
    notes.push({ text, command: null });
  }
  if (organisations !== null) {
    const named =
      organisations.ids.length === 1
        ? `the organisation ${printable(organisations.ids[0] ?? '')}`
        : 'one of the organisations';
    const text = `Your administrator demands an account of ${named} that ${originPhrase(organisations.origin, place)} names.`;
    notes.push({ text, command: null });
  }
  if (replaces !== null) {
    const who = [replaces.email, replaces.organisation].flatMap((one) =>
      one === null ? [] : [printable(one)],
    );
    const plan = planName(replaces.plan);
    const named = [...who, ...(plan === null ? [] : [`${plan} plan`])].join(', ');
    const text = `You are logged in already${named === '' ? '' : ` (${named})`}. A new login takes its place.`;
    notes.push({ text, command: null });
  }
  return notes;
}

/** What is used in place of the login, or beside it, in the modes of every day; each with its place. */
function winnerNotes({ then, inTheWay, source }: ClaudeLoginPreview): PreviewNote[] {
  const others = then.filter(({ context, verdict }) => {
    const sent = sentSources(answeredVerdict(verdict));
    return context.mode !== 'bare' && (sent.length !== 1 || sent[0] !== source);
  });
  return withCommand(
    sentencesOf(others).map((sentence) => `After it: ${sentence}`),
    clearCommand(inTheWay),
  );
}

/** Whether the folder is trusted has nothing to do with a login, so it is spoken of as if it were. */
export function inTrusted(inspection: Inspection): Inspection {
  const { verdict } = inspection;
  return verdict.asks === 'folder-trust' && verdict.after !== null
    ? { ...inspection, verdict: verdict.after.yes }
    : inspection;
}

/** What each uses, in one sentence where two modes do the same. */
function sentencesOf(inspections: readonly Inspection[]): readonly string[] {
  const modesOf = new Map<string, Mode[]>();
  for (const inspection of inspections) {
    const { mode } = inspection.context;
    const sentence = answerSentence(inTrusted(inspection));
    const subject = `${MODE_SUBJECTS[mode]} `;
    const rest = sentence.startsWith(subject) ? sentence.slice(subject.length) : sentence;
    modesOf.set(rest, [...(modesOf.get(rest) ?? []), ...(rest === sentence ? [] : [mode])]);
  }
  return [...modesOf].map(([rest, modes]) => (modes.length === 0 ? rest : `${modesSubject(modes)} ${rest}`));
}

/** The command stands behind the last of the sentences that it is for. */
function withCommand(texts: readonly string[], command: string | null): PreviewNote[] {
  return texts.map((text, at) => ({ text, command: at === texts.length - 1 ? command : null }));
}

/** What clears whatever stands in the way; `null`: no plan of Credence’s can. */
export function clearCommand(inTheWay: readonly InTheWay[]): string | null {
  const names = [...new Set(inTheWay.flatMap((one) => one.names))];
  return names.length === 0 ? null : `credence clear ${names.join(' ')}`;
}

/** What is used now, after a login, and what would clear what is in its way. */
export function afterLoginNotes(
  now: readonly Inspection[],
  { inTheWay }: ClaudeLoginPreview,
): readonly PreviewNote[] {
  const everyday = now.filter(({ context }) => context.mode !== 'bare');
  const facts = everyday[0]?.facts;
  if (facts === undefined) return [];
  const answers = withCommand(sentencesOf(everyday), clearCommand(inTheWay));
  const others = inTheWay
    .filter(({ names }) => names.length === 0)
    .map(({ source }): PreviewNote => {
      const text = `${capitalised(sourcePhrase(source, facts))} is in the way: ${SOURCES[source].clearing}.`;
      return { text, command: null };
    });
  return [...answers, ...others];
}

/** What a logout deletes, a line each. */
export function logoutPreviewLines(
  preview: LogoutPreview,
  place: Inspection['facts']['place'],
): readonly string[] {
  const { login, consoleKey, account, mcpLogins, otherEntries, file } = preview;
  const plan = planName(login?.plan);
  const named = [account?.email, account?.organisation].flatMap((text) =>
    text == null ? [] : [printable(text)],
  );
  return [
    ...(login === null ? [] : [`the ${plan ?? 'Claude'} login in ${originPhrase(login.origin, place)}`]),
    ...(mcpLogins === 0
      ? []
      : [
          `${mcpLogins === 1 ? 'the login of one connector' : `the logins of ${String(mcpLogins)} connectors`} (MCP) in the same file`,
        ]),
    ...(otherEntries.length === 0 ? [] : ['an entry of the same file whose kind is not known']),
    ...(file !== null && login === null && (mcpLogins > 0 || otherEntries.length > 0)
      ? [`the file ${shortPath(file, place)} as a whole`]
      : []),
    ...(consoleKey === null ? [] : [`the Console key in ${originPhrase(consoleKey, place)}`]),
    ...(account === null ? [] : [`the account’s name${named.length === 0 ? '' : ` (${named.join(', ')})`}`]),
  ];
}

const STAYS: Readonly<Record<LogoutPreview['stays'][number], string>> = {
  variables: 'keys and tokens in variables and settings',
  profiles: 'Anthropic profiles',
  helper: 'the API key helper',
};

/** What a logout leaves; `null`: nothing that would be used. */
export function logoutStaysSentence({ stays }: LogoutPreview): string | null {
  if (stays.length === 0) return null;
  const named = stays.map((one) => STAYS[one]);
  const list =
    named.length === 1 ? (named[0] ?? '') : `${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''}`;
  return `What stays: ${list}. Claude Code may go on with them.`;
}

const LEFT: Readonly<Record<LogoutResult['left'][number], string>> = {
  login: 'the Claude login',
  'console-key': 'the Console key',
  account: 'the account’s name',
};

/** What a logout came to: what happened, what it means, what to do. */
export function logoutResultSentences({ outcome, left, unconfirmed, page }: LogoutResult): readonly string[] {
  const rest = left.map((one) => LEFT[one]).join(' and ');
  switch (outcome) {
    case 'gone':
      return [
        'You are logged out on this computer.',
        ...(unconfirmed
          ? [
              'Claude Code hints that the server did not confirm it, so copies of the login may work for a while.',
              page === null ? 'You can end them in your account’s settings.' : `You can end them at ${page}`,
            ]
          : []),
      ];
    case 'still-there':
      return [
        `Claude Code has ended, and ${rest === '' ? 'nothing was there to delete' : `${rest} ${left.length === 1 ? 'is' : 'are'} still there`}.`,
        'You are not logged out.',
        'Run “claude auth logout” in a terminal to read what it says.',
      ];
    case 'not-started':
      return [
        'Claude Code could not be started.',
        'Nothing was changed.',
        'Choose another one with --claude.',
      ];
    case 'timed-out':
      return [
        'Claude Code did not end in time and was stopped.',
        rest === ''
          ? 'You are logged out on this computer.'
          : `${capitalised(rest)} ${left.length === 1 ? 'is' : 'are'} still there.`,
        'Try again when the network is well.',
      ];
    case 'cancelled':
      return [
        'The logout was cancelled.',
        rest === ''
          ? 'Everything was deleted by then.'
          : `${capitalised(rest)} ${left.length === 1 ? 'is' : 'are'} still there.`,
      ];
  }
}
