import { isatty } from 'node:tty';
import { apiKey } from '../../../shared/core/sources/api-key.ts';
import { authToken } from '../../../shared/core/sources/auth-token.ts';
import { oauthToken } from '../../../shared/core/sources/oauth-token.ts';
import { secretTrouble } from '../../../shared/presentation/secret-trouble.ts';
import { isKeyName, readVaultedKey } from '../../../shared/usecases/keyring-services/vaulted-key.ts';
import { nodeScheduler } from '../../adapters/time/node-scheduler.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { reportError } from '../report-error.ts';
import { UsageError } from '../usage-error.ts';

const STANDARD_OUTPUT = 1;
/** What moves into the keychain as a rule. */
const KEYS = [apiKey, authToken, oauthToken].flatMap(({ variables }) =>
  variables.flatMap(({ name, kind }) => (kind === 'secret' ? [name] : [])),
);

export const secret: Command = {
  name: 'secret',
  printsSecret: true,
  summary: 'print a key that Credence keeps in the keychain, for apiKeyHelper',
  usage: 'credence secret NAME [--show]',
  options: [{ name: 'show', help: 'print it in a terminal too, where others may see it' }],
  operands: KEYS,
  examples: [
    '"apiKeyHelper": "credence secret ANTHROPIC_API_KEY"',
    'export ANTHROPIC_API_KEY="$(credence secret ANTHROPIC_API_KEY)"',
  ],
  run: async ({ ports, arguments: given, terminal }) => {
    if (given.flag('json')) {
      throw new UsageError('secret has no --json: a secret is printed by itself or not at all.', 'secret');
    }
    const [name, ...more] = given.operands;
    if (name === undefined || more.length > 0 || !isKeyName(name)) {
      throw new UsageError('secret takes the name of one key, as ANTHROPIC_API_KEY.', 'secret');
    }
    if (isatty(STANDARD_OUTPUT) && !given.flag('show')) {
      await reportError(
        terminal,
        false,
        'refused',
        'This would show the key in the terminal, where others may see it. Nothing was printed.',
        'If that is what you want, add --show.',
      );
      return EXIT.refused;
    }
    const { keyring, clock } = ports;
    const result = await readVaultedKey(name, { keyring, clock, scheduler: nodeScheduler });
    if (result.ok) {
      terminal.out(`${result.value}\n`);
      return EXIT.answered;
    }
    const { says, then } = secretTrouble(name, result.error, ports.environment.platform);
    await reportError(terminal, false, 'unreadable', says, then);
    return EXIT.unknown;
  },
};
