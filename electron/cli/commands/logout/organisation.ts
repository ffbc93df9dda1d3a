import { signedOutJson } from '../../../../shared/presentation/sign-in/organisation-json.ts';
import { signOutWords } from '../../../../shared/presentation/sign-in/organisation-words.ts';
import { wrap } from '../../../../shared/presentation/text-layout.ts';
import { organisationTokens } from '../../../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import type { CommandInput } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { reportError } from '../../report-error.ts';
import { namedProvider } from '../providers/named-provider.ts';

/** `credence logout --provider NAME`: revokes, then deletes; with `--anyway` it deletes even if it cannot be revoked. */
export async function logoutOfOrganisation(input: CommandInput): Promise<ExitCode> {
  const { arguments: given, terminal } = input;
  const ports = await input.signInPorts();
  const provider = namedProvider(ports, given.value('provider') ?? '', 'logout');
  const answer = await organisationTokens(ports).signOut(provider, given.flag('anyway'));
  const isOut = answer.ok || answer.why.code === 'not-signed-in';
  if (given.flag('json')) printJson(terminal, signedOutJson(provider.name, answer));
  else {
    const words = signOutWords(answer, provider.name);
    if (isOut) {
      const text = [words.happened, words.means, words.do].filter((part) => part !== '').join(' ');
      terminal.out(`${wrap(text, terminal.columns).join('\n')}\n`);
    } else await reportError(terminal, false, 'refused', `${words.happened} ${words.means}`, words.do);
  }
  return isOut ? EXIT.answered : EXIT.refused;
}
