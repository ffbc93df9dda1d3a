import { resolve } from 'node:path';
import type { Plan } from '../../../shared/core/remedies/plan.ts';
import { SOURCES } from '../../../shared/core/sources/index.ts';
import { SOURCE_IDS, type SourceId } from '../../../shared/core/source-id.ts';
import type { Environment } from '../../../shared/ports/environment.ts';
import { shortPath } from '../../../shared/presentation/short-path.ts';
import { refusalJson } from '../../../shared/presentation/changes-json.ts';
import { capitalised } from '../../../shared/presentation/sentence-case.ts';
import { what } from '../../../shared/presentation/plan-words.ts';
import { planChange } from '../../../shared/usecases/changes/plan-change.ts';
import type { PlanRequest } from '../../../shared/usecases/changes/plan-request.ts';
import { PLACE_EDITORS } from '../../../shared/usecases/changes/all-editors.ts';
import { gatherFacts } from '../../../shared/usecases/gather/gather-facts.ts';
import type { Command, CommandInput } from '../command.ts';
import { CONTEXT_OPTIONS, questionOf } from '../context-options.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson } from '../print-json.ts';
import { reportError } from '../report-error.ts';
import { ownCommand } from '../../adapters/process/own-command.ts';
import { UsageError } from '../usage-error.ts';
import { nextTerminal, showAndApply } from './clear/show-and-apply.ts';
import { typedWish } from './clear/typed-wish.ts';
import { undo } from './clear/undo.ts';

/** What can be asked of a plan’s context; a mode and a helper’s run are no part of it. */
const FOLDER_OPTIONS = CONTEXT_OPTIONS.filter(({ name }) =>
  ['folder', 'claude-version', 'settings', 'setting-sources'].includes(name),
);

export const clear: Command = {
  name: 'clear',
  summary: 'take a credential out of force, everywhere it is set; shows the plan and asks first',
  usage: 'credence clear NAME… | --use SOURCE | --undo ID [--apply] [OPTION…]',
  operands: [],
  options: [
    { name: 'apply', help: 'do it without asking' },
    {
      name: 'use',
      value: 'SOURCE',
      choices: SOURCE_IDS,
      help: 'clear whatever stands in the way of this source',
    },
    { name: 'remove', help: 'delete the lines instead of commenting them out' },
    { name: 'cancel', help: 'set an empty value in your user settings instead, which overwrites the shell' },
    { name: 'keychain', help: 'move the key into the system’s keychain; Claude Code asks for it there' },
    { name: 'exported', help: 'with --keychain: the shell asks for it there and exports it as before' },
    {
      name: 'insecure-file',
      help: 'with --keychain, where there is none: keep the key in a file that is not encrypted',
    },
    { name: 'forget-answer', help: 'let Claude Code ask about the key again' },
    { name: 'narrow', value: 'FILE', help: 'let nobody else read this file' },
    { name: 'include', value: 'FILE', many: true, help: 'change this .env, .envrc or mise file as well' },
    { name: 'undo', value: 'ID', help: 'put back what a change replaced' },
    ...FOLDER_OPTIONS,
  ],
  examples: [
    'credence clear ANTHROPIC_API_KEY',
    'credence clear --use claude-login --apply',
    'credence clear ANTHROPIC_API_KEY --keychain',
    'credence clear --undo 7f3a12cd',
  ],
  run: async (input) => {
    const id = input.arguments.value('undo');
    if (id !== null) return undo(input, id);
    const { environment } = input.ports;
    const wish = typedWish(input.arguments, input.ports);
    const chosen = input.arguments.values('include').map((path) => resolve(environment.workingFolder, path));
    const ports = await input.changePorts();
    const question = questionOf(input.ports, input.arguments, 'interactive');
    const now = await gatherFacts(ports, nextTerminal(question.request));
    const request: PlanRequest = {
      wish,
      how: input.arguments.flag('remove') ? 'remove' : 'comment-out',
      chosen,
      claudeCode: question.context.claudeCode,
      mayBeInClear: input.arguments.flag('insecure-file'),
      inTerminal: true,
      ownCommand: ownCommand(process.argv[1], environment),
    };
    const planned = await planChange(ports, PLACE_EDITORS, now, request);
    if (!planned.ok) return cannot(input, planned.why);
    refuseUnknownFiles(chosen, planned.prepared.plan, environment);
    return showAndApply(input, ports, question, now, planned.prepared);
  },
};

/** Whoever includes a file believes that it is changed. */
function refuseUnknownFiles(chosen: readonly string[], { steps, left }: Plan, home: Environment): void {
  const spoken = [...steps, ...left].flatMap((one) => ('path' in one ? [one.path] : []));
  const unknown = chosen.find((path) => !spoken.includes(path));
  if (unknown === undefined) return;
  throw new UsageError(
    `--include ${shortPath(unknown, home)}: nothing of this is set there, or Credence does not know that kind of file.`,
    'clear',
  );
}

async function cannot(
  { terminal, arguments: given }: CommandInput,
  why: 'cannot-win' | 'nothing-literal',
): Promise<ExitCode> {
  const source = given.value('use') as SourceId | null;
  const message =
    why === 'cannot-win' && source !== null
      ? `${capitalised(SOURCES[source].phrase)} is not there, or would not be used even with everything else gone. “credence explain ${source}” says why.`
      : `${capitalised(what(given.operands))} stands nowhere as it is, so there is nothing to move. “credence explain” says where it comes from.`;
  if (given.flag('json')) printJson(terminal, refusalJson(why, message));
  else await reportError(terminal, false, 'refused', message);
  return EXIT.refused;
}
