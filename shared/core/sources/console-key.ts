import type { SourceDefinition } from './source-definition.ts';

/** The key in `.claude.json`. */
export const CONSOLE_KEY = 'primaryApiKey';

export const consoleKey = {
  id: 'console-key',
  rank: 10,
  title: 'Console key',
  phrase: 'the Console key (“/login managed key”)',
  pays: 'metered',
  variables: [],
  places: ['primaryApiKey in .claude.json (Linux, Windows)', 'the login keychain (macOS)'],
  ends: 'not known',
  clearing: 'log out: claude auth logout',
} as const satisfies SourceDefinition;
