import { LOGIN_WAYS } from '../../../shared/core/sign-in/claude-login.ts';
import type { Command } from '../command.ts';

export const login: Command = {
  name: 'login',
  summary: 'log in through Claude Code, or sign in to your organisation',
  usage: `credence login ${LOGIN_WAYS.join('|')} [--email E] | credence login --provider NAME`,
  options: [
    { name: 'email', value: 'EMAIL', help: 'fill in this address on the page' },
    {
      name: 'provider',
      value: 'NAME',
      help: 'sign in to this organisation instead, see “credence providers”',
    },
    { name: 'device', help: 'show a code to type on another machine (with --provider)' },
    { name: 'no-browser', help: 'print the address instead of opening it (with --provider)' },
  ],
  operands: LOGIN_WAYS,
  run: async (input) =>
    input.arguments.value('provider') === null
      ? (await import('./login/claude.ts')).loginToClaude(input)
      : (await import('./login/organisation.ts')).loginToOrganisation(input),
};
