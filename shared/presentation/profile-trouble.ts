import type { Facts, ProfileTrouble } from '../core/facts.ts';
import { PROFILE } from '../core/sources/profile.ts';
import { printable } from './printable.ts';

/** “the profile “work””, as it is named in the middle of a sentence. */
export function profileName({ profiles: { selected } }: Facts): string {
  return selected === null ? 'the profile' : `the profile “${printable(selected.name, 32)}”`;
}

/** What keeps the selected profile from being used. */
export function profileTroubleClause(facts: Facts): string {
  const name = profileName(facts);
  switch (facts.profiles.selected?.trouble ?? null) {
    case 'name':
      return `${name} has a name that Claude Code does not allow`;
    case 'open-to-others':
      return `the credentials file of ${name} may be read or written by others, and Claude Code does not use it then`;
    case 'no-token':
      return `the credentials file of ${name} holds no token`;
    case 'not-sendable':
      return `the token of ${name} holds a character that no header can carry`;
    case 'named-away':
      return `the folder’s own settings put another profile in the place of ${name}, and that one is not there`;
    case null:
      return `${name} cannot be used`;
  }
}

/** What a person can do about it: a clause. */
export const PROFILE_ADVICE: Readonly<Record<ProfileTrouble, string>> = {
  name: 'give the profile another name, of letters, digits, “_”, “.” and “-”',
  'open-to-others': 'let nobody else read or write that file (chmod 600)',
  'no-token': 'sign in to the profile again with the program that made it',
  'not-sendable': 'sign in to the profile again with the program that made it',
  'named-away': `take ${PROFILE} out of the folder’s settings`,
};
