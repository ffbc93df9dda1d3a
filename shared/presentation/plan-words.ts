import { MODES, type Mode } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import type { DiffHunk } from '../core/remedies/masked-diff.ts';
import type { FileStep, LeftPlace, Plan, Remaining, Step } from '../core/remedies/plan.ts';
import { EVERYDAY_MODES } from '../core/conflict-finding/conflict-rule.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import { SOURCES, WATCHED } from '../core/sources/index.ts';
import type { SourceId } from '../core/source-id.ts';
import type { VariableStoreId } from '../ports/variable-store.ts';
import { sentSources } from '../usecases/changes/sources-in-the-way.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { answerLabel } from './answer-label.ts';
import { REFUSAL_SENTENCES } from './change-refusals.ts';
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

export interface StepWords {
  readonly place: string;
  /** “comments out line 42” */
  readonly what: string;
  readonly hunks: readonly DiffHunk[];
}

export interface NoteWords {
  readonly title: string;
  readonly text: string;
  readonly mark: 'attention' | 'shadowed' | 'ignored';
}

/** What one mode will use in new terminals. */
export interface AfterWords {
  readonly mode: Mode;
  readonly label: string;
  /** `null`: as now. */
  readonly was: string | null;
  readonly changed: boolean;
  readonly sends: boolean;
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
    notes: plan.steps.length === 0 ? [] : notesOf(plan, then),
    remains: plan.remains.map((remaining) => remainingWords(remaining, path)),
    left: eachOnce(plan.left.map((left) => leftWords(left, path))),
    after: afterWords(now, then),
  };
}

/** Two settings of one file are left for one reason. */
function eachOnce(notes: readonly NoteWords[]): readonly NoteWords[] {
  return [...new Map(notes.map((note) => [`${note.title}\n${note.text}`, note])).values()];
}

/** What each mode will use, beside what it uses now. */
export function afterWords(now: readonly Inspection[], then: readonly Inspection[]): readonly AfterWords[] {
  return MODES.flatMap((mode) => afterRow(mode, now, then));
}

type PathText = (path: string) => string;

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
  const lines = files.reduce((sum, { lines: changed }) => sum + Math.max(1, changed.length), 0);
  return [
    ...(files.length > 0 ? [`${count(lines, 'line')} in ${count(files.length, 'file')}`] : []),
    ...counted(steps, 'variable', 'session variable'),
    ...counted(steps, 'key', 'keychain item'),
    ...counted(steps, 'mode', 'access right'),
  ].join(', ');
}

const counted = (steps: readonly Step[], kind: Step['kind'], noun: string): readonly string[] => {
  const number = steps.filter((step) => step.kind === kind).length;
  return number === 0 ? [] : [count(number, noun)];
};

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'] as const;

function count(number: number, noun: string): string {
  return `${NUMBERS[number] ?? String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

const STORE_NAMES: Readonly<Record<VariableStoreId, string>> = {
  systemd: 'your systemd session',
  launchd: 'your launchd session',
  registry: 'your user variables in the registry',
  'fish-universal': 'fish’s universal variables',
};

const isInClear = (steps: readonly Step[]): boolean =>
  steps.some((step) => step.kind === 'key' && step.inClear);

function placeOf(step: Step, path: PathText): string {
  switch (step.kind) {
    case 'file':
    case 'mode':
      return path(step.path);
    case 'variable':
      return STORE_NAMES[step.store];
    case 'key':
      return step.inClear ? 'a file that is not encrypted' : 'the system’s keychain';
  }
}

/** What becomes of some lines; `null`: where it is added nobody has seen a line yet. */
const ACTIONS: Readonly<Record<FileStep['action'], (lines: string | null) => string>> = {
  'commented-out': (lines) => `comments out ${lines ?? 'a line'}`,
  removed: (lines) => `removes ${lines ?? 'a line'}`,
  'looked-up': (lines) => `looks it up in the keychain instead, in ${lines ?? 'a line'}`,
  'set-empty': () => 'sets an empty value',
  'helper-set': () => 'sets the API key helper',
  'answer-forgotten': (lines) => `removes the remembered answer${lines === null ? '' : ` in ${lines}`}`,
  made: () => 'is made',
};

/** More line numbers than this are not read. */
const MOST_LINES = 5;

function linesText(lines: readonly number[]): string | null {
  const [first] = lines;
  if (first === undefined) return null;
  if (lines.length > MOST_LINES) return `${String(lines.length)} lines from line ${String(first)} on`;
  return `line${lines.length > 1 ? 's' : ''} ${lines.join(', ')}`;
}

function stepWords(step: Step, path: PathText): StepWords {
  const place = placeOf(step, path);
  switch (step.kind) {
    case 'file': {
      const lines = [...new Set(step.lines.map(({ line }) => line))].sort((one, other) => one - other);
      return { place, what: ACTIONS[step.action](linesText(lines)), hunks: step.diff };
    }
    case 'mode':
      return { place, what: `access ${octal(step.from)} becomes ${octal(step.to)}`, hunks: [] };
    case 'variable':
      return { place, what: `runs “${printable(step.command, 120)}”`, hunks: [] };
    case 'key':
      return { place, what: `keeps ${step.name}`, hunks: [] };
  }
}

const octal = (mode: number): string => mode.toString(8).padStart(3, '0');

function notesOf(plan: Plan, then: readonly Inspection[]): readonly string[] {
  const { steps, goal } = plan;
  const files = steps.filter((step) => step.kind === 'file');
  const holdsSecret = (step: FileStep): boolean => step.lines.some(({ name }) => isSecret(name));
  const notes: string[] = [];
  if (files.some((step) => step.action === 'commented-out' && holdsSecret(step)))
    notes.push('The key stays readable in the comment.');
  if (files.some((step) => step.tracked && holdsSecret(step)))
    notes.push(
      'Git tracks one of these files, so the key stays in its history and others will see the change.',
    );
  else if (files.some(({ tracked }) => tracked))
    notes.push('Git tracks one of these files, so others will see the change.');
  if (steps.some((step) => step.kind === 'variable' && !step.undoable))
    notes.push('The session variable cannot be put back by Credence: that would show it on a command line.');
  if (goal.kind === 'to-keychain' && goal.by === 'helper')
    notes.push('Claude Code then asks “credence secret” for the key, and sends it in both headers.');
  if (goal.kind === 'use-provider') notes.push(...providerNotes(goal, then));
  if (goal.kind === 'use' && !isReached(goal.source, then))
    notes.push('This alone does not make it win: what is left as it is goes on standing in its way.');
  if (steps.some((step) => step.kind === 'key' && step.inClear))
    notes.push(
      'NOT ENCRYPTED: the key is kept in a file that whoever reads your files can read. It moves into the keychain when there is one.',
    );
  return notes;
}

const SCOPE_WORDS = { user: 'user settings', project: 'project settings', local: 'local settings' } as const;
const HEADER_NAMES = { authorization: 'Authorization', 'x-api-key': 'x-api-key' } as const;

function providerNotes(
  { provider, header, scope }: Extract<Plan['goal'], { readonly kind: 'use-provider' }>,
  then: readonly Inspection[],
): readonly string[] {
  const both = `Claude Code then asks “credence token --provider ${provider}”, and sends what it prints in both headers, Authorization and x-api-key.`;
  const others = standingBefore(HELPER, then);
  return [
    header === 'both'
      ? both
      : `${both} The gateway wants it in ${HEADER_NAMES[header]} alone; the other header carries it as well.`,
    ...(scope === 'user'
      ? []
      : [
          'These settings lie in the project: Claude Code asks whether you trust the folder before it runs a helper from there.',
        ]),
    ...(scope === 'project'
      ? ['Others who work on the project get these settings, too, and need a provider of the same name.']
      : []),
    ...(isReached(HELPER, then)
      ? []
      : [
          others === null
            ? 'This alone does not make Claude Code use it.'
            : `This alone does not make it win: ${others} goes on standing before or beside it. “credence clear --use ${HELPER}” clears what stands in its way.`,
        ]),
  ];
}

const HELPER = 'api-key-helper';

/** What everyday modes send that is not this source, in words; `null`: nothing. */
function standingBefore(source: SourceId, then: readonly Inspection[]): string | null {
  const everyday = then.filter(({ context }) => EVERYDAY_MODES.includes(context.mode));
  const others = everyday.flatMap(({ verdict, facts }) =>
    sentSources(answeredVerdict(verdict))
      .filter((one) => one !== source)
      .map((one) => sourcePhrase(one, facts)),
  );
  const [first, ...more] = [...new Set(others)];
  return first === undefined ? null : [first, ...more].join(' and ');
}

const isSecret = (name: string): boolean => {
  const kind = WATCHED.get(name)?.kind;
  return kind === 'secret' || kind === 'headers';
};

/** Whether everyday modes use it, and nothing beside it. */
function isReached(source: SourceId, then: readonly Inspection[]): boolean {
  return then
    .filter(({ context }) => EVERYDAY_MODES.includes(context.mode))
    .every(({ verdict }) => {
      const sent = sentSources(answeredVerdict(verdict));
      return sent.length > 0 && sent.every((one) => one === source);
    });
}

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
  return capitalised(count(number, noun));
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

function afterRow(
  mode: Mode,
  now: readonly Inspection[],
  then: readonly Inspection[],
): readonly AfterWords[] {
  const before = now.find(({ context }) => context.mode === mode);
  const after = then.find(({ context }) => context.mode === mode);
  if (before === undefined || after === undefined) return [];
  const was = labelOf(before);
  const label = labelOf(after);
  const changed = was !== label;
  return [
    {
      mode,
      label,
      was: changed ? was : null,
      changed,
      sends: answeredVerdict(after.verdict).outcome === 'sends',
    },
  ];
}

/** A question counts as answered with yes: which one is asked is the ladder’s matter. */
function labelOf({ verdict, facts }: Inspection): string {
  return answerLabel(answeredVerdict(verdict), facts);
}
