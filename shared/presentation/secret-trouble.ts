import type { Environment } from '../ports/environment.ts';
import type { ServiceError } from '../usecases/keyring-services/read-service.ts';

export interface SecretTrouble {
  /** What happened, and what it means. */
  readonly says: string;
  /** What to do. */
  readonly then: string;
}

/** Why a key could not be read from the keychain. `name` is the key’s; nothing of its value is known here. */
export function secretTrouble(
  name: string,
  error: ServiceError<unknown>,
  platform: Environment['platform'],
): SecretTrouble {
  const again = `Store ${name} again.`;
  switch (error.code) {
    case 'NotFound':
      return {
        says: `The keychain holds no ${name} of Credence. Whatever asked for it goes without a key.`,
        then: `Set ${name} where it was before, or take out what calls “credence secret ${name}”.`,
      };
    case 'EmptyCredential':
      return { says: `The keychain’s entry for ${name} is empty, so there is no key to use.`, then: again };
    case 'InvalidSchema':
      return {
        says: `The keychain’s entry for ${name} is no key that can be sent, so it was not printed.`,
        then: again,
      };
    case 'TokenExpired':
      return { says: `${name} has expired, so it was not printed.`, then: again };
    case 'Timeout':
      return silent(name, platform);
    case 'Unavailable':
      return unavailable(name, error.why, platform);
  }
}

type Why = Extract<ServiceError<unknown>, { readonly code: 'Unavailable' }>['why'];

function unavailable(name: string, why: Why, platform: Environment['platform']): SecretTrouble {
  switch (why) {
    case 'locked':
      return {
        says: `The keychain is locked, so ${name} cannot be read. Whether it is there is not known.`,
        then: 'Unlock the keychain, for instance by logging in to the desktop, and try again.',
      };
    case 'unreachable':
      return silent(name, platform);
    case 'denied':
      return {
        says: `The keychain does not let this program read ${name}.`,
        then: 'Allow it in the keychain’s own settings, and try again.',
      };
    case 'ambiguous':
      return {
        says: `The keychain holds several entries for ${name}, and nothing tells which one counts.`,
        then: 'Remove all but one in the keychain’s own program.',
      };
    case 'damaged':
      return {
        says: `The keychain’s entry for ${name} is not what Credence stored there, so it was not printed.`,
        then: `Store ${name} again.`,
      };
  }
}

function silent(name: string, platform: Environment['platform']): SecretTrouble {
  return {
    says: `The keychain does not answer, so ${name} cannot be read. Whether it is there is not known.`,
    then:
      platform === 'linux'
        ? 'A Secret Service (as gnome-keyring or KWallet) has to run in this session, and DBUS_SESSION_BUS_ADDRESS has to lead to it: over SSH it often does not.'
        : 'Try again when you are logged in to the desktop.',
  };
}
