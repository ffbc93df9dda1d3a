import type { Command } from '../command.ts';
import { refuseStrays } from '../goes-with.ts';
import { UsageError } from '../usage-error.ts';

export const logout: Command = {
  name: 'logout',
  summary: 'log out of Claude Code, or sign out of your organisation',
  usage: ['credence logout [--yes]', 'credence logout --provider NAME [--anyway]'],
  options: [
    { name: 'yes', help: 'do not ask first (Claude Code)' },
    {
      name: 'claude',
      value: 'PATH',
      help: 'use this Claude Code, now and from now on; "" goes back to the one that is found',
    },
    { name: 'provider', value: 'NAME', help: 'sign out of this organisation instead' },
    { name: 'anyway', help: 'remove the token here even if it cannot be revoked (with --provider)' },
  ],
  exitCodes: [
    ['0', 'logged out or signed out, or nobody was'],
    ['1', 'Claude Code did not log out'],
    ['2', 'wrong use'],
    ['4', 'nothing was deleted: you said no, nobody could be asked, or the token could not be revoked'],
  ],
  examples: ['credence logout', 'credence logout --provider northwind'],
  run: async (input) => {
    const isOrganisation = input.arguments.value('provider') !== null;
    refuseStrays(input.arguments, isOrganisation ? '--provider' : null, { anyway: ['--provider'] }, 'logout');
    if (!isOrganisation) return (await import('./logout/claude.ts')).logoutOfClaude(input);
    if (input.arguments.value('claude') !== null)
      throw new UsageError('--claude goes without --provider.', 'logout');
    return (await import('./logout/organisation.ts')).logoutOfOrganisation(input);
  },
};
