import { EVERYDAY_MODES } from '../core/conflict-finding/conflict-rule.ts';
import type { FileStep, Plan } from '../core/remedies/plan.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import type { SourceId } from '../core/source-id.ts';
import { WATCHED } from '../core/sources/index.ts';
import { sentSources } from '../usecases/changes/sources-in-the-way.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { sourcePhrase } from './source-label.ts';

/**
 * What to know before saying yes: sentences.
 *
 * @param then what each mode will use
 */
export function planNotes(plan: Plan, then: readonly Inspection[]): readonly string[] {
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
