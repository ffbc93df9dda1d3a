import { noteOfProvider } from '../../../../shared/core/sign-in/note-of-provider.ts';
import { useProviderWish } from '../../../../shared/usecases/changes/plans/use-provider.ts';
import { PLACE_EDITORS } from '../../../../shared/usecases/changes/all-editors.ts';
import { planChange } from '../../../../shared/usecases/changes/plan-change.ts';
import { gatherFacts } from '../../../../shared/usecases/gather/gather-facts.ts';
import { organisationTokens } from '../../../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import { ownCommand } from '../../../adapters/process/own-command.ts';
import type { CommandInput } from '../../command.ts';
import { questionOf } from '../../context-options.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';
import { nextTerminal, showAndApply } from '../clear/show-and-apply.ts';
import { namedProvider } from './named-provider.ts';

/** `credence providers --use NAME`: a plan for settings of Claude Code, shown and asked about like any other. */
export async function useProvider(input: CommandInput, name: string): Promise<ExitCode> {
  const { arguments: given, terminal } = input;
  const signInPorts = await input.signInPorts();
  const provider = namedProvider(signInPorts, name, 'providers');
  const ports = await input.changePorts();
  const question = questionOf(input.ports, given, 'interactive');
  const now = await gatherFacts(ports, nextTerminal(question.request));
  const planned = await planChange(ports, PLACE_EDITORS, now, {
    wish: useProviderWish(provider, scopeTyped(given.value('scope'))),
    how: 'comment-out',
    chosen: [],
    claudeCode: question.context.claudeCode,
    mayBeInClear: false,
    inTerminal: true,
    ownCommand: ownCommand(process.argv[1], ports.environment),
  });
  // Only a wish to win, or to move something, can be turned down as a whole.
  if (!planned.ok) return EXIT.refused;
  const known = organisationTokens(signInPorts).known();
  const isSignedIn = noteOfProvider(provider, known)?.state === 'signed-in';
  if (!given.flag('json') && !isSignedIn)
    terminal.out(`You are not signed in to ${name}: “credence login --provider ${name}” does it.\n\n`);
  return showAndApply(input, ports, question, now, planned.prepared);
}

function scopeTyped(text: string | null): 'user' | 'project' | 'local' {
  return text === 'project' || text === 'local' ? text : 'user';
}
