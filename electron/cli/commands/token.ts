import { isatty } from 'node:tty';
import { PROVIDER_NAME } from '../../../shared/core/sign-in/provider-fields.ts';
import { organisationTokens } from '../../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import { readProviders } from '../../../shared/usecases/sign-in/read-providers.ts';
import type { Command, CommandInput } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { reportError } from '../report-error.ts';
import { UsageError } from '../usage-error.ts';

/** All it needs: it is bundled without the rest. */
type TokenInput = Pick<CommandInput, 'arguments' | 'terminal' | 'tokenPorts'>;

const STANDARD_OUTPUT = 1;
/** What Claude Code takes from a helper: one token of printable ASCII, of at most so many characters. */
const USABLE = /^[\x21-\x7e]{1,16384}$/;

export const token: Command & { run(input: TokenInput): Promise<number> } = {
  name: 'token',
  printsSecret: true,
  summary: 'print a fresh token of your organisation’s provider, for apiKeyHelper',
  usage: 'credence token --provider NAME [--show]',
  options: [
    { name: 'provider', value: 'NAME', help: 'whose token, see “credence providers”' },
    { name: 'show', help: 'print it in a terminal too, where others may see it' },
  ],
  exitCodes: [
    ['0', 'printed: the token, in one line, and nothing else'],
    ['1', 'somebody has to sign in first'],
    ['2', 'there is no such provider, or the command line is wrong'],
    ['3', 'the keychain cannot be read, or the token could not be renewed; try again'],
    ['4', 'not printed, as it would be seen in a terminal'],
  ],
  examples: ['"apiKeyHelper": "credence token --provider northwind"'],
  run: async ({ arguments: given, terminal, tokenPorts }) => {
    if (given.flag('json')) {
      throw new UsageError('token has no --json: a token is printed by itself or not at all.', 'token');
    }
    const name = given.value('provider');
    if (name === null || given.operands.length > 0 || !PROVIDER_NAME.test(name)) {
      throw new UsageError('token takes the name of one provider, as --provider northwind.', 'token');
    }
    if (isatty(STANDARD_OUTPUT) && !given.flag('show')) {
      await reportError(
        terminal,
        false,
        'refused',
        'This would show the token in the terminal, where others may see it. Nothing was printed.',
        'If that is what you want, add --show.',
      );
      return EXIT.refused;
    }
    const ports = await tokenPorts();
    const provider = readProviders(ports).providers.find((known) => known.name === name);
    if (provider === undefined) {
      throw new UsageError(
        `There is no provider “${name}”, or its entry is not usable. “credence providers” tells which.`,
        'token',
      );
    }
    const answer = await organisationTokens(ports).fresh(provider);
    if (answer.ok && USABLE.test(answer.accessToken)) {
      terminal.out(`${answer.accessToken}\n`);
      return EXIT.answered;
    }
    const { tokenTrouble, UNUSABLE } = await import('../../../shared/presentation/sign-in/token-trouble.ts');
    const { says, then, needsPerson } = answer.ok
      ? UNUSABLE
      : tokenTrouble(name, answer.why, ports.environment.platform);
    await reportError(terminal, false, 'unreadable', says, then);
    return needsPerson ? EXIT.notMet : EXIT.unknown;
  },
};
