import type { Command } from '../command.ts';

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
  run: async (input) =>
    input.arguments.value('provider') === null
      ? (await import('./logout/claude.ts')).logoutOfClaude(input)
      : (await import('./logout/organisation.ts')).logoutOfOrganisation(input),
};
