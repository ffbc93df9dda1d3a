import { providerCheckJson } from '../../../../shared/presentation/sign-in/organisation-json.ts';
import { checkLines, checkText } from '../../../../shared/presentation/sign-in/providers-text.ts';
import type { CommandInput } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { namedProvider } from './named-provider.ts';

/** `credence providers --check NAME`: asks for the provider’s metadata, and for nothing else. */
export async function checkProvider(input: CommandInput, name: string): Promise<ExitCode> {
  const { arguments: given, terminal } = input;
  const ports = await input.signInPorts();
  const provider = namedProvider(ports, name, 'providers');
  const answer = await ports.oidc.discover(provider);
  if (given.flag('json')) printJson(terminal, providerCheckJson(provider, answer));
  else terminal.out(checkText(provider, answer, terminal));
  const isGood = answer.ok && checkLines(provider, answer.value).every(({ mark }) => mark !== '✗');
  return isGood ? EXIT.answered : EXIT.notMet;
}
