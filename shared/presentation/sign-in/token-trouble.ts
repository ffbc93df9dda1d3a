import type { KeepTrouble } from '../../core/sign-in/organisation-sign-in.ts';
import type { Environment } from '../../ports/environment.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { FreshAnswer } from '../../usecases/sign-in/organisation-tokens.ts';

export interface TokenTrouble {
  /** What happened, and what it means. */
  readonly says: string;
  /** What to do. */
  readonly then: string;
  /** Only a person can help, by signing in. */
  readonly needsPerson: boolean;
}

type Why = Extract<FreshAnswer, { readonly ok: false }>['why'];

/** A token that no header can carry, or that is longer than Claude Code takes. */
export const UNUSABLE: TokenTrouble = {
  says: 'The provider’s token is not one that Claude Code takes from a helper: at most 16,384 printable characters of ASCII. It was not printed.',
  then: 'Ask whoever runs the provider for a shorter or opaque token.',
  needsPerson: false,
};

/** Why no token was printed. `name` is the provider’s, checked to be harmless. */
export function tokenTrouble(name: string, why: Why, platform: Environment['platform']): TokenTrouble {
  const signIn = `Sign in with “credence login --provider ${name}”.`;
  switch (why.code) {
    case 'not-signed-in':
      return {
        says: `Nobody is signed in to ${name}, so there is no token.`,
        then: signIn,
        needsPerson: true,
      };
    case 'entry-changed':
      return {
        says: `What is kept for ${name} is of another issuer, client or resource than its entry in providers.json names now, so it was not used.`,
        then: `Put the entry back, or sign in anew with “credence login --provider ${name}”.`,
        needsPerson: true,
      };
    case 'needs-sign-in':
      return {
        says: `The sign-in to ${name} has ended: there is no new token for it.`,
        then: signIn,
        needsPerson: true,
      };
    case 'keychain':
      return { ...keychainWords(name, why.trouble, platform), needsPerson: false };
    case 'not-renewed':
      return {
        says: `The token of ${name} has ended, and the provider gave no new one: ${failureWords(why.failure)} What is kept is untouched.`,
        then: 'Try again in a moment. If it stays like this, ask whoever runs the provider.',
        needsPerson: false,
      };
    case 'not-kept':
      return {
        says: `The provider gave a new token for ${name}, and the keychain did not keep it, so it was not used.`,
        then: `See that the keychain is open, and try again. The old token may be spent; if it is, sign in with “credence login --provider ${name}”.`,
        needsPerson: false,
      };
    case 'busy':
      return {
        says: `Another process has been renewing the token of ${name} for too long, and there must not be two.`,
        then: 'Try again. If it stays like this, end that process.',
        needsPerson: false,
      };
    case 'no-lock':
      return {
        says: `The token of ${name} has ended, and was not renewed: Credence’s own folder gives no lock, and two processes that renew at a time would end the sign-in.`,
        then: 'See that the folder is yours, can be written to, and lies on a local disk.',
        needsPerson: false,
      };
  }
}

function keychainWords(
  name: string,
  trouble: KeepTrouble,
  platform: Environment['platform'],
): Pick<TokenTrouble, 'says' | 'then'> {
  switch (trouble) {
    case 'locked':
      return {
        says: `The keychain is locked, so the token of ${name} cannot be read. Whether it is there is not known.`,
        then: 'Unlock the keychain, for instance by logging in to the desktop, and try again.',
      };
    case 'no-keychain':
    case 'busy':
      return {
        says: `The keychain does not answer, so the token of ${name} cannot be read. Whether it is there is not known.`,
        then:
          platform === 'linux'
            ? 'A Secret Service (as gnome-keyring or KWallet) has to run in this session, and DBUS_SESSION_BUS_ADDRESS has to lead to it: over SSH it often does not.'
            : 'Try again when you are logged in to the desktop.',
      };
    case 'denied':
      return {
        says: `The keychain does not let this program read the token of ${name}.`,
        then: 'Allow it in the keychain’s own settings, and try again.',
      };
    case 'later-version':
      return {
        says: `A later version of Credence has kept the token of ${name}, and this one cannot read it. It stays as it is.`,
        then: `Update Credence. Or give that token up with “credence logout --provider ${name} --anyway”, and sign in anew.`,
      };
    case 'damaged':
      return {
        says: `What the keychain holds for ${name} is not what Credence stored there, so nothing was printed.`,
        then: `Sign in anew with “credence login --provider ${name}”.`,
      };
  }
}

function failureWords({ code, status }: OidcFailure): string {
  switch (code) {
    case 'no-connection':
      return 'it cannot be reached.';
    case 'connection-lost':
      return 'the connection broke.';
    case 'timed-out':
      return 'it did not answer in time.';
    case 'not-trusted':
      return 'its certificate is not trusted.';
    case 'try-later':
      return `it asks to come back later${statusWords(status)}.`;
    case 'bad-answer':
    case 'bad-metadata':
    case 'too-large':
      return `what came is no answer of a provider${statusWords(status)}; a network that wants a log-in of its own may do that.`;
    case 'wrong-issuer':
      return 'it says that it is another one than is configured.';
    case 'not-here':
      return 'it is one of Anthropic, which Claude Code alone signs in to.';
    case 'bad-client':
      return 'it does not know this client any more.';
    // The others belong to signing in, and mean no more here.
    case 'refused':
    case 'denied':
    case 'bad-scope':
    case 'bad-callback':
    case 'bad-id-token':
    case 'invalid-grant':
    case 'pending':
    case 'slow-down':
    case 'expired':
      return `it said no${statusWords(status)}.`;
  }
}

function statusWords(status: number | null): string {
  return status === null ? '' : ` (HTTP ${String(status)})`;
}
