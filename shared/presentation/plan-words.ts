import type { Facts } from '../core/facts.ts';
import type { FileStep, LeftPlace, Plan, Remaining, Step } from '../core/remedies/plan.ts';
import { SOURCES, WATCHED } from '../core/sources/index.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { REFUSAL_SENTENCES } from './change-refusals.ts';
import { countedNoun } from './counted-noun.ts';
import { afterWords, type AfterWords } from './plan-after.ts';
import { planNotes } from './plan-notes.ts';
import { isInClear, placeOf, stepWords, type PathText, type StepWords } from './plan-step-words.ts';
import { printable } from './printable.ts';
import { capitalised } from './sentence-case.ts';
import { shortPath } from './short-path.ts';
import { sourcePhrase } from './source-label.ts';

/** A plan in words, for the terminal and the window. */
export interface PlanWords {
  readonly title: string;
  /** “One line in one file changes.” */
  readonly size: string;
  /** The same, with “Nothing is written until you say so.” behind it where that is so. */
  readonly summary: string;
  /** The one button: what happens, and where. */
  readonly action: string;
  readonly steps: readonly StepWords[];
  /** What to know before saying yes. */
  readonly notes: readonly string[];
  readonly remains: readonly NoteWords[];
  readonly left: readonly NoteWords[];
  readonly after: readonly AfterWords[];
}

export interface NoteWords {
  readonly title: string;
  readonly text: string;
  readonly mark: 'attention' | 'shadowed' | 'ignored';
}

/**
 * @param now what is, in each mode, in the next terminal
 * @param then what will be
 */
export function planWords(plan: Plan, now: readonly Inspection[], then: readonly Inspection[]): PlanWords {
  const facts = now[0]?.facts ?? then[0]?.facts;
  const place = { home: facts?.place.home ?? null, platform: facts?.place.platform ?? 'linux' } as const;
  const path = (text: string): string => shortPath(text, place);
  const size = sizeOf(plan);
  return {
    title: titleOf(plan, path, facts ?? null),
    size,
    summary: plan.steps.length === 0 ? size : `${size} Nothing is written until you say so.`,
    action: actionOf(plan, path),
    steps: plan.steps.map((step) => stepWords(step, path)),
    notes: plan.steps.length === 0 ? [] : planNotes(plan, then),
    remains: plan.remains.map((remaining) => remainingWords(remaining, path)),
    left: eachOnce(plan.left.map((left) => leftWords(left, path))),
    after: afterWords(now, then),
  };
}

const SCOPE_WORDS = { user: 'user settings', project: 'project settings', local: 'local settings' } as const;

/** Two settings of one file are left for one reason. */
function eachOnce(notes: readonly NoteWords[]): readonly NoteWords[] {
  return [...new Map(notes.map((note) => [`${note.title}\n${note.text}`, note])).values()];
}

function titleOf(plan: Plan, path: PathText, facts: Facts | null): string {
  const { goal, steps } = plan;
  switch (goal.kind) {
    case 'clear':
      return `Clear ${what(namesMet(plan, goal.names))}${fromWhere(steps, path)}`;
    case 'use':
      return `Use ${facts === null ? SOURCES[goal.source].phrase : sourcePhrase(goal.source, facts)}`;
    case 'cancel':
      return `Cancel ${what(goal.names)} in your user settings`;
    case 'to-keychain':
      return `Move ${what(goal.names)} into ${isInClear(steps) ? 'a file that is not encrypted' : 'the system’s keychain'}`;
    case 'forget-answer':
      return 'Let Claude Code ask about the key again';
    case 'use-provider':
      return `Let Claude Code use the token of ${goal.provider}, by your ${SCOPE_WORDS[goal.scope]}`;
    case 'narrow-mode':
      return `Let nobody else read ${path(goal.path)}`;
  }
}

/** Of the many names that a source has, those that were found anywhere; all of them where none was. */
function namesMet({ steps, left, remains }: Plan, names: readonly string[]): readonly string[] {
  const met = new Set([
    ...steps.flatMap((step) => (step.kind === 'file' ? step.lines.map(({ name }) => name) : [])),
    ...steps.flatMap((step) => ('name' in step ? [step.name] : [])),
    ...[...left, ...remains].map(({ name }) => name),
  ]);
  const some = names.filter((name) => met.has(name));
  return some.length === 0 ? names : some;
}

/** More names than this are not read. */
const MOST_NAMES = 4;

/** “the API key” for its variable, else the names. */
export function what(names: readonly string[]): string {
  const [name] = names;
  if (name === undefined) return 'nothing';
  const variable = WATCHED.get(name);
  if (names.length > MOST_NAMES) {
    const shown = names.slice(0, MOST_NAMES - 1);
    return `${shown.join(', ')} and ${String(names.length - shown.length)} more`;
  }
  if (names.length > 1) return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return variable?.source != null && variable.kind === 'secret' ? SOURCES[variable.source].phrase : name;
}

function fromWhere(steps: readonly Step[], path: PathText): string {
  const places = [...new Set(steps.map((step) => placeOf(step, path)))];
  if (places.length === 1) return ` from ${places[0] ?? ''}`;
  return places.length === 0 ? '' : ` from ${String(places.length)} places`;
}

function actionOf({ goal, steps }: Plan, path: PathText): string {
  switch (goal.kind) {
    case 'clear':
    case 'use':
      return `Clear${fromWhere(steps, path)}`;
    case 'cancel':
      return 'Cancel in user settings';
    case 'to-keychain':
      return isInClear(steps) ? 'Move to a file that is not encrypted' : 'Move to the keychain';
    case 'forget-answer':
      return 'Forget the answer';
    case 'use-provider':
      return `Use it${steps.length === 0 ? '' : ` in ${placeOfSteps(steps, path)}`}`;
    case 'narrow-mode':
      return 'Make it private';
  }
}

const placeOfSteps = (steps: readonly Step[], path: PathText): string =>
  [...new Set(steps.map((step) => placeOf(step, path)))].join(', ');

function sizeOf(plan: Plan): string {
  if (plan.steps.length === 0)
    return plan.left.length > 0 ? 'There is nothing that Credence can change.' : nothingToDo(plan.goal);
  const text = summaryCount(plan);
  const plural = plan.steps.length > 1 || /^(?!one )/.test(text);
  return `${capitalised(text)} ${plural ? 'change' : 'changes'}.`;
}

/** Why a plan is empty although nothing is in its way. */
function nothingToDo(goal: Plan['goal']): string {
  switch (goal.kind) {
    case 'clear':
      return `No file and no session variable sets ${goal.names.length === 1 ? 'it' : 'any of them'}.`;
    case 'use':
      return 'Nothing stands in its way.';
    case 'cancel':
      return 'Your user settings do that already.';
    case 'to-keychain':
      return 'Nothing has to be moved.';
    case 'forget-answer':
      return 'Claude Code remembers no answer about it.';
    case 'use-provider':
      return 'These settings say all of it already.';
    case 'narrow-mode':
      return 'Nobody else may read it as it is.';
  }
}

/** “two lines in one file, one session variable” */
export function summaryCount({ steps }: Plan): string {
  const files = steps.filter((step) => step.kind === 'file');
  const lines = files.reduce((sum, step) => sum + changedLines(step), 0);
  return [
    ...(files.length > 0 ? [`${countedNoun(lines, 'line')} in ${countedNoun(files.length, 'file')}`] : []),
    ...counted(steps, 'variable', 'session variable'),
    ...counted(steps, 'key', 'keychain item'),
    ...counted(steps, 'mode', 'access right'),
  ].join(', ');
}

/** As the diff shows them: a line that becomes another one is one line. */
function changedLines({ diff }: FileStep): number {
  let sum = 0;
  for (const { lines } of diff) {
    let [removed, added] = [0, 0];
    for (const [at, { kind }] of lines.entries()) {
      if (kind === 'removed') removed++;
      if (kind === 'added') added++;
      const next = lines[at + 1]?.kind;
      const ends = next === undefined || next === 'context' || (kind === 'added' && next === 'removed');
      if (!ends) continue;
      sum += Math.max(removed, added);
      [removed, added] = [0, 0];
    }
  }
  return sum;
}

const counted = (steps: readonly Step[], kind: Step['kind'], noun: string): readonly string[] => {
  const number = steps.filter((step) => step.kind === kind).length;
  return number === 0 ? [] : [countedNoun(number, noun)];
};

function remainingWords({ kind, name, same, processes }: Remaining, path: PathText): NoteWords {
  const key = same ? 'the key' : `another value of ${name}`;
  switch (kind) {
    case 'this-terminal':
      return {
        title: 'This terminal',
        text: `It keeps ${key} until you close it or run “unset ${name}”.`,
        mark: 'attention',
      };
    case 'terminals':
      return {
        title: sentenceCount(processes.length, 'open terminal'),
        text:
          processes.length === 1
            ? 'It keeps what it exported at its start until you close it, and hands that on to what is started there.'
            : 'They keep what they exported at their start until you close them, and hand that on to what is started there.',
        mark: 'attention',
      };
    case 'claude-code': {
      const folders = [
        ...new Set(processes.flatMap(({ folder }) => (folder === null ? [] : [path(folder)]))),
      ];
      const where = folders.length === 0 ? '' : ` in ${folders.slice(0, 3).join(', ')}`;
      return {
        title: `${sentenceCount(processes.length, 'running Claude Code')}${where}`,
        text: `What runs already keeps ${key} until it ends.`,
        mark: 'attention',
      };
    }
  }
}

function sentenceCount(number: number, noun: string): string {
  return capitalised(countedNoun(number, noun));
}

function leftWords({ path: file, name, line, why }: LeftPlace, path: PathText): NoteWords {
  const at = file === null ? null : `${path(file)}${line === null ? '' : `:${String(line)}`}`;
  const mark = why === 'not-chosen' ? 'ignored' : 'shadowed';
  return { title: at ?? nameOf(name), text: REFUSAL_SENTENCES[why], mark };
}

/** A source by its title, a variable by its name. */
function nameOf(name: string): string {
  return Object.hasOwn(SOURCES, name) ? SOURCES[name as keyof typeof SOURCES].title : printable(name);
}
