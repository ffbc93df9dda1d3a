import type { Goal, PlaceKind, Remaining, Step } from '../../../core/remedies/plan.ts';
import type { ChangePorts } from '../change-ports.ts';
import type { DraftStep } from '../file-draft.ts';

/** Programs that run keep what they were started with. */
export function remaining(
  ports: ChangePorts,
  goal: Goal,
  drafts: readonly DraftStep<Step>[],
  inTerminal: boolean,
): readonly Remaining[] {
  if (goal.kind === 'narrow-mode' || goal.kind === 'forget-answer' || goal.kind === 'use-provider') return [];
  const cleared = new Set(
    drafts.flatMap(({ step }) => {
      if (step.kind === 'file') return step.lines.map(({ fingerprint }) => fingerprint);
      return step.kind === 'mode' ? [] : [step.fingerprint];
    }),
  );
  const { environment, fingerprints } = ports;
  const running = ports.programs.list(goal.names) ?? [];
  return goal.names.flatMap((name): Remaining[] => {
    const here = environment.variables[name];
    // A start from this terminal reads the settings, which overwrite what it exports.
    const own: readonly Remaining[] =
      !inTerminal || here === undefined || here === '' || goal.kind === 'cancel'
        ? []
        : [{ kind: 'this-terminal', name, same: cleared.has(fingerprints.of(here.trim())), processes: [] }];
    const kinds = goal.kind === 'cancel' ? (['claude-code'] as const) : (['shell', 'claude-code'] as const);
    const kept = kinds.flatMap((kind): Remaining[] => {
      const holders = running.filter(
        (program) =>
          program.kind === kind &&
          !program.isOurs &&
          (holds(program, name) || (kind === 'shell' && isReadByShells(drafts, name))),
      );
      if (holders.length === 0) return [];
      return [
        {
          kind: kind === 'shell' ? 'terminals' : 'claude-code',
          name,
          same: holders.some(({ holds: held }) =>
            held.some((one) => one.name === name && cleared.has(one.fingerprint)),
          ),
          processes: holders.map(({ processId, folder }) => ({ processId, folder })),
        },
      ];
    });
    return [...own, ...kept];
  });
}

/**
 * What a shell exports by its own start-up files is not in the environment that it was started with, which is all that can be
 * seen of it: every terminal that is open may have read them.
 */
function isReadByShells(drafts: readonly DraftStep<Step>[], name: string): boolean {
  return drafts.some(
    ({ step }) =>
      (step.kind === 'file' &&
        SHELL_FILES.has(step.place) &&
        step.lines.some((line) => line.name === name)) ||
      (step.kind === 'variable' && step.store === 'fish-universal' && step.name === name),
  );
}

const SHELL_FILES: ReadonlySet<PlaceKind> = new Set(['bash', 'zsh', 'fish', 'powershell']);

function holds(
  { holds: held }: { readonly holds: readonly { readonly name: string }[] },
  name: string,
): boolean {
  return held.some((one) => one.name === name);
}
