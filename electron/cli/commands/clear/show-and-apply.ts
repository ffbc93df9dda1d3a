import { MODES } from '../../../../shared/core/context.ts';
import type { Facts } from '../../../../shared/core/facts.ts';
import { appliedText, refusedText } from '../../../../shared/presentation/change-text.ts';
import { refusedJson } from '../../../../shared/presentation/changes-json.ts';
import { appliedJson, planJson } from '../../../../shared/presentation/plan-json.ts';
import { planText } from '../../../../shared/presentation/plan-text.ts';
import { planWords } from '../../../../shared/presentation/plan-words.ts';
import { applyPlan } from '../../../../shared/usecases/changes/apply-plan.ts';
import type { ChangePorts } from '../../../../shared/usecases/changes/change-ports.ts';
import { factsAfterPlan } from '../../../../shared/usecases/changes/facts-after-plan.ts';
import type { PreparedPlan } from '../../../../shared/usecases/changes/plan-change.ts';
import { namesToClear, stillSet } from '../../../../shared/usecases/changes/still-set.ts';
import { gatherFacts } from '../../../../shared/usecases/gather/gather-facts.ts';
import type { GatherRequest } from '../../../../shared/usecases/gather/gather-request.ts';
import { inspect, type Inspection } from '../../../../shared/usecases/inspect.ts';
import type { CommandInput } from '../../command.ts';
import type { Question } from '../../context-options.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { reportError } from '../../report-error.ts';

/** As the tray looks: what a terminal that is opened next will have, without asking the shell. */
export function nextTerminal(request: GatherRequest): GatherRequest {
  return { ...request, surface: 'terminal', terminal: 'next', askShell: false };
}

/** Prints a plan, asks, applies it where that is wished, and tells what came of it. */
export async function showAndApply(
  input: CommandInput,
  ports: ChangePorts,
  { context, request }: Question,
  now: Facts,
  prepared: PreparedPlan,
): Promise<ExitCode> {
  const { terminal, arguments: given } = input;
  const { plan } = prepared;
  const inEachMode = (facts: Facts): readonly Inspection[] =>
    MODES.map((mode) => inspect(facts, { ...context, mode }));
  const before = inEachMode(now);
  const after = inEachMode(await factsAfterPlan(ports, request, now, prepared));
  const json = given.flag('json');
  const apply = given.flag('apply');
  if (!apply && json) {
    printJson(terminal, planJson(plan, before, after));
    return plan.steps.length === 0 ? EXIT.answered : EXIT.refused;
  }
  const words = planWords(plan, before, after);
  if (!json) terminal.out(planText(words, !apply, terminal));
  if (plan.steps.length === 0) {
    if (json)
      printJson(
        terminal,
        appliedJson(plan, null, stillSet(now, namesToClear(plan.goal), plan.remains), before),
      );
    return plan.left.length === 0 ? EXIT.answered : EXIT.refused;
  }
  if (!apply) {
    const answer = await terminal.ask(`\n${words.action}? [y/N] `);
    if (answer === null) terminal.out('\nNothing was changed. Add --apply to do it.\n');
    else if (!/^y(es)?$/i.test(answer.trim())) terminal.out('Nothing was changed.\n');
    else return applyAndTell(input, ports, request, prepared, inEachMode);
    return EXIT.refused;
  }
  return applyAndTell(input, ports, request, prepared, inEachMode);
}

async function applyAndTell(
  { terminal, arguments: given }: CommandInput,
  ports: ChangePorts,
  request: GatherRequest,
  prepared: PreparedPlan,
  inEachMode: (facts: Facts) => readonly Inspection[],
): Promise<ExitCode> {
  const { plan } = prepared;
  const applied = await applyPlan(ports, prepared, ports.clock.now());
  if (!applied.ok) {
    const message = refusedText(applied, plan, ports.environment);
    const step = applied.step === null ? undefined : plan.steps[applied.step];
    const path = step !== undefined && 'path' in step ? step.path : null;
    if (given.flag('json')) printJson(terminal, refusedJson(applied, message, path));
    else await reportError(terminal, false, 'refused', message);
    return EXIT.refused;
  }
  // A clean login shell is the judge: it reads the files as they are now.
  const facts = await gatherFacts(ports, {
    ...request,
    surface: 'terminal',
    terminal: 'next',
    askShell: true,
  });
  const still = stillSet(facts, namesToClear(plan.goal), plan.remains);
  if (given.flag('json')) printJson(terminal, appliedJson(plan, applied.record.id, still, inEachMode(facts)));
  else terminal.out(`\n${appliedText(applied, plan, still, inEachMode(facts), terminal)}`);
  return EXIT.answered;
}
