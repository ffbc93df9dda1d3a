import type { Command } from '../command.ts';
import { refuseStrays } from '../goes-with.ts';
import { UsageError } from '../usage-error.ts';

export const logout: Command = {
  name: 'logout',
  summary: 'log out of Claude Code, or sign out of your organisation',
  usage: 'credence logout [--yes] | credence logout --provider NAME [--anyway]',
  options: [
    { name: 'yes', help: 'do not ask first' },
    { name: 'claude', value: 'PATH', help: 'use this Claude Code, now and from now on' },
    { name: 'provider', value: 'NAME', help: 'sign out of this organisation instead' },
    { name: 'anyway', help: 'remove the token here even if it cannot be revoked (with --provider)' },
  ],
  run: async (input) => {
    const isOrganisation = input.arguments.value('provider') !== null;
    refuseStrays(input.arguments, isOrganisation ? '--provider' : null, { anyway: ['--provider'] }, 'logout');
    if (!isOrganisation) return (await import('./logout/claude.ts')).logoutOfClaude(input);
    if (input.arguments.value('claude') !== null)
      throw new UsageError('--claude goes without --provider.', 'logout');
    return (await import('./logout/organisation.ts')).logoutOfOrganisation(input);
  },
};
