import type { SourceDefinition } from './source-definition.ts';

export const PROFILE = 'ANTHROPIC_PROFILE';
export const PROFILE_FOLDER = 'ANTHROPIC_CONFIG_DIR';

export const profile = {
  id: 'profile',
  rank: 8,
  lowerRank: 11,
  title: 'Profile',
  phrase: 'the Anthropic profile',
  pays: 'organisation',
  variables: [
    { name: PROFILE, kind: 'text', role: 'support' },
    { name: PROFILE_FOLDER, kind: 'path', role: 'support' },
    { name: 'ANTHROPIC_WORKSPACE_ID', kind: 'text', role: 'support' },
    { name: 'ANTHROPIC_SCOPE', kind: 'text', role: 'support' },
  ],
  places: ['~/.config/anthropic/configs/NAME.json and credentials/NAME.json'],
  ends: 'its access token: at the time in the file, renewed by itself where it can be',
  clearing: 'unset the profile’s name, or sign out of the profile with the program that made it',
} as const satisfies SourceDefinition;
