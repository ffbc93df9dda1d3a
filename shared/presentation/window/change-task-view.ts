import type { DiffHunk } from '../../core/remedies/masked-diff.ts';
import type { SourceId } from '../../core/source-id.ts';
import type {
  AfterRow,
  ChangeTask,
  ChoiceOption,
  DoneTask,
  PlanNote,
  PlanTask,
  QuestionTask,
} from '../../ipc/change-snapshot.ts';
import type { Choice, Task } from '../../usecases/desk/change-desk.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { answerSentence } from '../answer-sentence.ts';
import { REFUSAL_SENTENCES } from '../change-refusals.ts';
import { placeOfStep } from '../change-text.ts';
import type { Calendar } from '../days.ts';
import { expiryLabel } from '../expiry-sentences.ts';
import { MODE_LABELS } from '../mode-words.ts';
import { plainPhrase, readingPhrase } from '../origin-label.ts';
import { payerSentence } from '../payer-sentences.ts';
import type { AfterWords } from '../plan-after.ts';
import { planWords, summaryCount, what, type NoteWords } from '../plan-words.ts';
import { sentence } from '../sentence-case.ts';
import { shortPath } from '../short-path.ts';
import { fullTitle } from '../source-label.ts';
import { wordPair } from '../word-pair.ts';
import type { PlaceBook } from './place-book.ts';

/** The id of “Leave it as it is” among the options. */
export const LEAVE = 'leave';

/** A change on its way, in words. */
export function changeTaskView(
  task: Task,
  current: readonly Inspection[],
  book: PlaceBook,
  calendar: Calendar,
): ChangeTask {
  switch (task.kind) {
    case 'question':
      return questionView(task, calendar);
    case 'plan':
      return planView(task, book);
    case 'done':
      return doneView(task, current);
  }
}

type Of<Kind extends Task['kind']> = Extract<Task, { readonly kind: Kind }>;

function questionView({ now, choices, chosen }: Of<'question'>, calendar: Calendar): QuestionTask {
  const facts = now[0]?.facts;
  const folder = facts === undefined ? '' : shortPath(facts.place.folder, facts.place);
  return {
    kind: 'question',
    title: 'Which do you want to use?',
    lead: `For Claude Code in ${folder}. ${COUNTS[choices.length] ?? 'All of them are set.'}`,
    options: [...choices.map((choice) => optionOf(choice, now, calendar)), leaveOption(now)],
    chosen: chosen ?? LEAVE,
  };
}

const COUNTS: readonly string[] = ['Nothing is set.', 'One is set.', 'Both are set.'];

function optionOf(
  { source, prepared, then }: Choice,
  now: readonly Inspection[],
  calendar: Calendar,
): ChoiceOption {
  const { plan } = prepared;
  const words = planWords(plan, now, then);
  const [first] = then;
  const title = first === undefined ? source : titleOf(source, first);
  const found = now.flatMap(({ ladder }) => ladder).find((rung) => rung.source === source);
  const reading = found?.readings[0]?.reading;
  const print = reading?.fingerprint ?? null;
  return {
    id: source,
    title:
      reading === undefined || first === undefined || LOGINS.has(source)
        ? title
        : `${title} from ${readingPhrase(reading, first.facts)}`,
    wordPair: print === null ? null : wordPair(print),
    text: aboutChoice(source, now, then, calendar),
    afterTitle: `With the ${title}`,
    after: words.after.map(afterView),
    note: noteOn(words.after),
    footer: plan.steps.length === 0 ? 'Changes nothing' : `Changes ${summaryCount(plan)}`,
    hasPlan: plan.steps.length > 0 || plan.left.length > 0,
  };
}

/** These stand in a store that nobody opens. */
const LOGINS: ReadonlySet<SourceId> = new Set(['claude-login', 'console-key', 'profile']);

function titleOf(source: SourceId, { facts, verdict }: Inspection): string {
  return fullTitle(source, facts, verdict.provider);
}

/** Who it belongs to, who pays, and when it ends. */
function aboutChoice(
  source: SourceId,
  now: readonly Inspection[],
  then: readonly Inspection[],
  calendar: Calendar,
): string {
  const [first] = now;
  const paid = then.find(({ context }) => context.mode === 'print') ?? then[0];
  const account = source === 'claude-login' ? (first?.facts.claudeJson.account?.email ?? null) : null;
  const clock = first?.expiry.find((one) => one.source === source && one.kind !== 'access');
  const asks = then.some(({ verdict }) => verdict.asks === 'api-key-approval');
  return [
    ...(account === null ? [] : [`${account}.`]),
    ...(paid === undefined ? [] : [payerSentence(paid) ?? '']),
    ...(clock === undefined ? [] : [sentence(expiryLabel(clock, calendar))]),
    ...(asks ? ['Interactive sessions have to be told to accept it.'] : []),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function noteOn(after: readonly AfterWords[]): string | null {
  const bare = after.find(({ mode }) => mode === 'bare');
  if (bare === undefined || bare.sends || !bare.changed) return null;
  return 'Bare runs never use a login. If you need them, keep the key for them with credence run.';
}

function leaveOption(now: readonly Inspection[]): ChoiceOption {
  const words = planWords(
    { id: '', changeId: '', goal: { kind: 'clear', names: [] }, steps: [], left: [], remains: [] },
    now,
    now,
  );
  return {
    id: LEAVE,
    title: 'Leave it as it is',
    wordPair: null,
    text: 'Nothing is changed.',
    afterTitle: 'As it is',
    after: words.after.map(afterView),
    note: null,
    footer: 'Changes nothing',
    hasPlan: false,
  };
}

function planView(
  { prepared, now, then, remove, chosen, working, problem, question }: Of<'plan'>,
  book: PlaceBook,
): PlanTask {
  const { plan } = prepared;
  const words = planWords(plan, now, then);
  const place = now[0]?.facts.place ?? { home: null, platform: 'linux' as const };
  const comments =
    plan.goal.kind !== 'to-keychain' &&
    plan.steps.some(
      (step) =>
        step.kind === 'file' && (step.action === 'commented-out' || (remove && step.action === 'removed')),
    );
  const failed = problem?.step == null ? null : placeOfStep(plan.steps[problem.step], place);
  return {
    kind: 'plan',
    planId: plan.id,
    title: words.title,
    lead: words.summary,
    steps: words.steps.map(({ place: at, what: does, hunks }, number) => ({
      key: `step-${String(number)}`,
      place: at,
      what: does,
      hunks: hunks.map(hunkView),
    })),
    notes: words.notes,
    otherWay: comments
      ? { label: remove ? 'Comment the line out instead' : 'Delete the line instead', remove: !remove }
      : null,
    remains: words.remains.map(noteView),
    left: plan.left.map((left, at) => {
      const note = words.left[at];
      const include = left.why === 'not-chosen' && left.path !== null && !chosen.includes(left.path);
      return {
        ...noteView(note ?? { title: '', text: '', mark: 'ignored' }, at),
        ...(left.why === 'not-chosen' ? { text: NOT_CHOSEN } : {}),
        include: include ? book.idOf({ path: left.path, line: left.line }) : null,
      };
    }),
    after: words.after.map(afterView),
    action: plan.steps.length === 0 ? null : words.action,
    working,
    problem:
      problem === null
        ? null
        : [
            `${failed === null ? '' : `${failed}: `}${REFUSAL_SENTENCES[problem.why]}`,
            problem.stuck === 0 ? 'Nothing was changed.' : 'Not all of it could be taken back; see Changes.',
          ].join(' '),
    hasQuestion: question !== null,
  };
}

/** As the terminal says it, without its option. */
const NOT_CHOSEN =
  'Claude Code does not read this file by itself, so it stays as it is unless you include it.';

function doneView(
  { record, plan, before, still, working, undone, problem }: Of<'done'>,
  current: readonly Inspection[],
): DoneTask {
  const words = planWords(plan, before, current);
  const shown = current.find(({ context }) => context.mode === 'interactive') ?? current[0];
  const facts = shown?.facts;
  const answer = shown === undefined ? [] : [answerSentence(shown), payerSentence(shown)];
  return {
    kind: 'done',
    changeId: record.id,
    title: undone ? 'Undone' : 'Done',
    lead: answer.filter((text) => text !== null).join(' '),
    still: [
      ...still.flatMap(({ where, origin, name }, at): PlanNote[] =>
        (where === 'new-terminals' || where === 'settings') && facts !== undefined && origin !== null
          ? [
              {
                key: `still-${String(at)}`,
                mark: 'attention',
                title: plainPhrase(origin, facts),
                text: `It still sets ${what([name])} for new terminals.`,
                include: null,
              },
            ]
          : [],
      ),
      ...words.remains.map(noteView),
    ],
    // It is so by now.
    after: words.after.map((row) => ({ ...afterView(row), mark: row.sends ? 'wins' : 'absent' })),
    working,
    undone,
    problem: problem === null ? null : REFUSAL_SENTENCES[problem.why],
  };
}

function noteView({ title, text, mark }: NoteWords, at: number): PlanNote {
  return { key: `note-${String(at)}`, mark, title, text, include: null };
}

/** What one mode uses once it is done. */
export function afterView({ mode, label, was, changed, sends }: AfterWords): AfterRow {
  return {
    mode,
    label: MODE_LABELS[mode],
    mark: sends ? (changed ? 'next' : 'wins') : 'absent',
    value: label,
    was: changed ? `was ${was ?? ''}` : 'as now',
  };
}

/** Lines as the window draws them. */
export function hunkView({ lines }: DiffHunk): PlanTask['steps'][number]['hunks'][number] {
  return { lines: lines.map(({ kind, number, text }) => ({ kind, number, text })) };
}
