import type { Facts } from '../core/facts.ts';
import type { Origin } from '../core/origin.ts';
import type { Plan, Step } from '../core/remedies/plan.ts';
import type { Applied } from '../usecases/changes/apply-plan.ts';
import type { ChangeRecord } from '../usecases/changes/change-record.ts';
import type { Recovered } from '../usecases/changes/recover-changes.ts';
import type { StillSet } from '../usecases/changes/still-set.ts';
import type { ThreeWayView, Undone } from '../usecases/changes/undo-change.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { answerSentence } from './answer-sentence.ts';
import { REFUSAL_SENTENCES } from './change-refusals.ts';
import { plainPhrase } from './origin-label.ts';
import { payerSentence } from './payer-sentences.ts';
import { diffLines } from './plan-text.ts';
import { what } from './plan-words.ts';
import { capitalised } from './sentence-case.ts';
import { shortPath } from './short-path.ts';
import { table, tint, wrap, type TextStyle } from './text-layout.ts';

type Home = Pick<Facts['place'], 'home' | 'platform'>;

/** After a plan was applied: what is true now, what still holds the names, how to go back. */
export function appliedText(
  { record, recovered, pruned }: Extract<Applied, { readonly ok: true }>,
  { goal }: Plan,
  still: readonly StillSet[],
  now: readonly Inspection[],
  style: TextStyle,
): string {
  const facts = now[0]?.facts;
  const [first] = now;
  const replaced = record.steps.some(({ kind }) => kind !== 'mode');
  return [
    ...wrap(`Done. ${first === undefined ? '' : sentences(first)}`, style.columns).map((line) =>
      tint(line, 'strong', style),
    ),
    ...(facts === undefined ? [] : lastingLines(goal, still, facts, style)),
    ...runningLines(still, style),
    ...recovered.flatMap((one) => wrap(recoveredSentence(one), style.columns)),
    ...(pruned.forgotten === 0
      ? []
      : wrap(
          `${String(pruned.forgotten)} old ${pruned.forgotten === 1 ? 'change' : 'changes'} can no longer be undone: what a change replaced is kept for 90 days, and of the newest 50.`,
          style.columns,
        )),
    ...(record.sealed || !replaced
      ? []
      : wrap(
          'No keychain was there to seal it with, so what was replaced is kept as it is, readable by you alone.',
          style.columns,
        )),
    '',
    ...wrap(`To go back: credence clear --undo ${record.id}`, style.columns),
    '',
  ].join('\n');
}

/** What goes on setting a name in what is started from now on, where that is not just what was wished. */
function lastingLines(
  goal: Plan['goal'],
  still: readonly StillSet[],
  facts: Facts,
  style: TextStyle,
): readonly string[] {
  const lasting = still.filter(
    ({ where }) => where === 'new-terminals' || (where === 'settings' && goal.kind !== 'cancel'),
  );
  return [...new Set(lasting.map(({ name }) => name))].flatMap((name) => {
    const places = lasting.filter((one) => one.name === name);
    const title =
      goal.kind === 'cancel'
        ? `Your shell goes on exporting ${what([name])}, for other programs:`
        : `${capitalised(what([name]))} is still set:`;
    return [
      '',
      ...wrap(title, style.columns),
      ...places.flatMap(({ origin }) => wrap(placeOf(origin, facts), style.columns, '  ▲ ')),
    ];
  });
}

const sentences = (inspection: Inspection): string =>
  [answerSentence(inspection), payerSentence(inspection)].filter((sentence) => sentence !== null).join(' ');

function placeOf(origin: Origin | null, facts: Facts): string {
  return origin === null ? 'a place that cannot be told' : plainPhrase(origin, facts);
}

function runningLines(still: readonly StillSet[], style: TextStyle): readonly string[] {
  const here = still.some(({ where }) => where === 'this-terminal');
  const count = still
    .filter(({ where }) => where === 'terminals' || where === 'claude-code')
    .reduce((sum, { processes }) => sum + processes.length, 0);
  return [
    ...(here ? wrap('This terminal keeps it until you close it.', style.columns) : []),
    ...(count > 0
      ? wrap(
          `${String(count)} running ${count === 1 ? 'program keeps' : 'programs keep'} it until ${count === 1 ? 'it ends' : 'they end'}.`,
          style.columns,
        )
      : []),
  ];
}

/** Where a step is done; `null` where there is no path to name. */
export function placeOfStep(step: Step | undefined, home: Home): string | null {
  return step !== undefined && 'path' in step ? shortPath(step.path, home) : null;
}

/** What a refusal means for a person: which place, why, and what became of the rest. */
export function refusedText(
  { why, step, stuck }: Extract<Applied, { readonly ok: false }>,
  plan: Plan,
  home: Home,
): string {
  const where = step === null ? null : placeOfStep(plan.steps[step], home);
  const place = where === null ? '' : `${where}: `;
  const rest =
    stuck.length === 0
      ? 'Nothing was changed.'
      : `${String(stuck.length)} of its steps could not be taken back. “credence changes” shows them.`;
  return `${place}${REFUSAL_SENTENCES[why]} ${rest}`;
}

/** A change that a crash had interrupted. */
export function recoveredSentence({ record, stuck }: Recovered): string {
  return stuck.length === 0
    ? `A change that was interrupted (${record.id}) was taken back.`
    : `A change that was interrupted (${record.id}) could not be taken back: ${REFUSAL_SENTENCES[stuck[0]?.why ?? 'failed']}`;
}

/** Why a change was not undone, with both sides of a file that somebody changed since, and with what is half done. */
export function notUndoneText(
  { why, views, stuck }: Extract<Undone, { readonly ok: false }>,
  home: Home,
  style: TextStyle,
): string {
  const shown = views.flatMap(({ path, credence, since }: ThreeWayView) => [
    '',
    tint(shortPath(path, home), 'strong', style),
    'Credence changed:',
    ...diffLines(credence, style),
    since.length === 0 ? 'Since then it is gone or cannot be read.' : 'Since then this was changed:',
    ...diffLines(since, style),
  ]);
  const rest =
    stuck.length === 0
      ? 'Nothing was changed.'
      : `${String(stuck.length)} of its steps could not be put back; Credence tries again before the next change. “credence changes” shows it.`;
  return [...wrap(`${REFUSAL_SENTENCES[why]} ${rest}`, style.columns, 'credence: ', '  '), ...shown, ''].join(
    '\n',
  );
}

/** What became of a change, in a word or two. */
export const STATE_WORDS: Readonly<Record<ChangeRecord['state'], string>> = {
  intended: 'interrupted',
  applied: 'done',
  undoing: 'undo interrupted',
  undone: 'undone',
  'taken-back': 'taken back',
};

const isUndoable = ({ state, kept }: ChangeRecord): boolean => state === 'applied' && kept;

/** `credence changes`. */
export function changesText(
  records: readonly ChangeRecord[],
  dateOf: (time: number) => string,
  home: Home,
  style: TextStyle,
): string {
  if (records.length === 0) return 'Credence has changed nothing.\n';
  const rows = records.map((record) => [
    record.id,
    dateOf(record.at),
    record.state === 'applied' && !record.kept ? 'done, cannot be undone' : STATE_WORDS[record.state],
    changeTitle(record, home),
  ]);
  const hint = records.some(isUndoable) ? ['', 'To go back: credence clear --undo ID'] : [];
  return [...table(rows, style.columns), ...hint, ''].join('\n');
}

/** More places than this are counted. */
const MOST_PLACES = 3;

/** A change in words: “cleared the API key in ~/.zshrc”. */
export function changeTitle({ goal, steps }: ChangeRecord, home: Home): string {
  const places = [
    ...new Set(
      steps.flatMap((step) => {
        if ('path' in step) return [shortPath(step.path, home)];
        // Where it went is said by the verb.
        return step.kind === 'variable' ? ['the session'] : [];
      }),
    ),
  ];
  const named = places.length > MOST_PLACES ? `${String(places.length)} places` : places.join(', ');
  const where = places.length === 0 ? '' : ` in ${named}`;
  switch (goal.kind) {
    case 'clear':
    case 'use':
      return `cleared ${what(goal.names)}${where}`;
    case 'cancel':
      return `cancelled ${what(goal.names)}${where}`;
    case 'to-keychain':
      return `moved ${what(goal.names)} into the keychain, from ${named}`;
    case 'forget-answer':
      return `removed the remembered answer${where}`;
    case 'use-provider':
      return `let Claude Code ask for the token of an organisation${where}`;
    case 'narrow-mode':
      return `made ${named} private`;
  }
}
