import type { OidcProvider } from '../../../../shared/core/sign-in/oidc-provider.ts';
import {
  helpersJson,
  leftHelpers,
  namedHelpersSentence,
} from '../../../../shared/presentation/sign-in/helper-words.ts';
import { signedOutJson } from '../../../../shared/presentation/sign-in/organisation-json.ts';
import { signOutWords } from '../../../../shared/presentation/sign-in/organisation-words.ts';
import { wrap } from '../../../../shared/presentation/text-layout.ts';
import { gatherFacts } from '../../../../shared/usecases/gather/gather-facts.ts';
import { helpersOfOrganisation } from '../../../../shared/usecases/sign-in/helpers-of-organisation.ts';
import { organisationTokens } from '../../../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import { formerProvider, readProviders } from '../../../../shared/usecases/sign-in/read-providers.ts';
import type { SignInPorts } from '../../../../shared/usecases/sign-in/sign-in-ports.ts';
import type { CommandInput } from '../../command.ts';
import { questionOf } from '../../context-options.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { reportError } from '../../report-error.ts';
import { namedProvider } from '../providers/named-provider.ts';

/**
 * `credence logout --provider NAME`: revokes, then deletes; with `--anyway` it deletes even if it cannot be revoked. Settings of Claude
 * Code that ask for the token are named before and after, and stay as they are.
 */
export async function logoutOfOrganisation(input: CommandInput): Promise<ExitCode> {
  const { arguments: given, terminal } = input;
  const json = given.flag('json');
  const ports = await input.signInPorts();
  const provider = toSignOutOf(ports, given.value('provider') ?? '');
  const tokens = organisationTokens(ports);
  const { request } = questionOf(input.ports, given, 'interactive');
  const facts = await gatherFacts(ports, { ...request, brief: true });
  const helpers = helpersOfOrganisation(facts, provider.name, await input.changePorts());
  const say = (text: string): void => {
    terminal.out(`${wrap(text, terminal.columns).join('\n')}\n`);
  };
  const isIn = tokens.known().some((note) => note.provider === provider.name);
  if (!json && isIn && helpers.length > 0) say(namedHelpersSentence(helpers, facts.place));
  const answer = await tokens.signOut(provider, given.flag('anyway'));
  const isOut = answer.ok || answer.why.code === 'not-signed-in';
  if (json) {
    printJson(terminal, signedOutJson(provider.name, answer, helpersJson(helpers)));
    return isOut ? EXIT.answered : EXIT.refused;
  }
  const words = signOutWords(answer, provider.name);
  if (!isOut) {
    await reportError(terminal, false, 'refused', `${words.happened} ${words.means}`, words.do);
    return EXIT.refused;
  }
  say([words.happened, words.means, words.do].filter((part) => part !== '').join(' '));
  if (helpers.length > 0) {
    const { text, commands } = leftHelpers(helpers, provider.name, facts.place);
    say(text);
    if (commands.length > 0) terminal.out(`\n${commands.map((command) => `  ${command}\n`).join('')}`);
  }
  return EXIT.answered;
}

/** One whose entry is gone is signed out of like any other: a token says itself who gave it. */
function toSignOutOf(ports: SignInPorts, name: string): OidcProvider {
  const isConfigured = readProviders(ports).providers.some((provider) => provider.name === name);
  const isKept = organisationTokens(ports)
    .known()
    .some(({ provider }) => provider === name);
  return !isConfigured && isKept ? formerProvider(name) : namedProvider(ports, name, 'logout');
}
