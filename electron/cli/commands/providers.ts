import { providersJson } from '../../../shared/presentation/sign-in/organisation-json.ts';
import { providersText } from '../../../shared/presentation/sign-in/providers-text.ts';
import { organisationTokens } from '../../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import { readProviders } from '../../../shared/usecases/sign-in/read-providers.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../print-json.ts';
import { UsageError } from '../usage-error.ts';

export const providers: Command = {
  name: 'providers',
  summary: 'your organisation’s sign-in servers: list, check, add, remove, use for Claude Code',
  usage: [
    'credence providers [--check NAME | --remove NAME]',
    'credence providers --add NAME --issuer URL --client-id ID [OPTION…]',
    'credence providers --use NAME [--scope SCOPE] [--apply]',
  ],
  options: [
    { name: 'check', value: 'NAME', help: 'ask the provider what it offers' },
    {
      name: 'add',
      value: 'NAME',
      help: 'write a provider into your own file; takes --issuer and --client-id',
    },
    { name: 'remove', value: 'NAME', help: 'take a provider out of your own file' },
    { name: 'use', value: 'NAME', help: 'let Claude Code ask for its token; shows the plan and asks first' },
    { name: 'issuer', value: 'URL', help: 'with --add: the provider’s address, exactly as it names itself' },
    { name: 'client-id', value: 'ID', help: 'with --add: as the provider gave it' },
    { name: 'scopes', value: 'LIST', help: 'with --add: "openid offline_access", with blanks between' },
    { name: 'resource', value: 'URI', help: 'with --add: whom the token is for (RFC 8707)' },
    { name: 'redirect-path', value: 'PATH', help: 'with --add: as registered, unless it is /callback' },
    { name: 'device-flow', help: 'with --add: use codes for another machine where no browser can come back' },
    { name: 'base-url', value: 'URL', help: 'with --add: the gateway that Claude Code sends the token to' },
    {
      name: 'header',
      value: 'HEADER',
      choices: ['authorization', 'x-api-key', 'both'],
      help: 'with --add: where the gateway looks for the token: authorization, x-api-key or both',
    },
    {
      name: 'scope',
      value: 'SCOPE',
      choices: ['user', 'project', 'local'],
      help: 'with --use: in which settings of Claude Code: user (default), project or local',
    },
    { name: 'folder', short: 'C', value: 'DIR', help: 'with --use: the project (default: here)' },
    { name: 'apply', help: 'with --use: do it without asking' },
  ],
  examples: [
    'credence providers',
    'credence providers --check northwind',
    'credence providers --use northwind',
    'credence providers --add acme --issuer https://id.acme.example --client-id cli',
  ],
  run: async (input) => {
    const { arguments: given, terminal } = input;
    const task = taskOf(given);
    switch (task?.option) {
      case 'check':
        return (await import('./providers/check.ts')).checkProvider(input, task.name);
      case 'add':
      case 'remove':
        return (await import('./providers/edit.ts')).editProvidersFile(input, task.option, task.name);
      case 'use':
        return (await import('./providers/use.ts')).useProvider(input, task.name);
      case undefined:
        break;
    }
    const ports = await input.signInPorts();
    const book = readProviders(ports);
    const known = organisationTokens(ports).known();
    if (given.flag('json')) printJson(terminal, providersJson(book, known));
    else {
      const now = ports.clock.now();
      const utcOffsetMinutes = (time: number): number => -new Date(time).getTimezoneOffset();
      terminal.out(providersText(book, known, { now, utcOffsetMinutes }, ports.environment, terminal));
    }
    return EXIT.answered;
  },
};

const TASKS = ['check', 'add', 'remove', 'use'] as const;
/** What goes with which task alone. */
const GOES_WITH = {
  add: ['issuer', 'client-id', 'scopes', 'resource', 'redirect-path', 'device-flow', 'base-url', 'header'],
  use: ['scope', 'folder', 'apply'],
} as const;

function taskOf(
  given: ParsedArguments,
): { readonly option: (typeof TASKS)[number]; readonly name: string } | null {
  const tasks = TASKS.flatMap((option) => {
    const name = given.value(option);
    return name === null ? [] : [{ option, name }];
  });
  const [task, ...more] = tasks;
  if (more.length > 0)
    throw new UsageError(
      `Choose one: ${tasks.map(({ option }) => `--${option}`).join(' or ')}.`,
      'providers',
    );
  for (const [option, names] of Object.entries(GOES_WITH))
    for (const name of names)
      if (task?.option !== option && (given.flag(name) || given.value(name) !== null))
        throw new UsageError(`--${name} goes with --${option}.`, 'providers');
  return task ?? null;
}
