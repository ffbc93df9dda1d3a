import type {
  KeepTrouble,
  OrganisationSignInState,
  SignInFailure,
} from '../../core/sign-in/organisation-sign-in.ts';
import type { SignOutAnswer } from '../../usecases/sign-in/organisation-tokens.ts';
import { oidcFailureWords, type TroubleWords } from './oidc-failure-words.ts';

/** One sentence about where a sign-in stands, for tray, window and terminal. */
export function signInStepWords(state: OrganisationSignInState): string {
  const { provider, step, host, browserAt } = state;
  switch (step.at) {
    case 'starting':
      return `Credence asks the provider of ${provider} what it offers.`;
    case 'waiting':
      return browserAt === null
        ? `${provider} waits for you on its page${at(host)}. Open the address in a browser.`
        : `${provider} waits for you in the browser${at(host)}.`;
    case 'device':
      return `${provider} waits for a code. Type it on its page, on any machine.`;
    case 'exchanging':
      return `Credence fetches the token of ${provider}.`;
    case 'keeping':
      return `Credence puts the token of ${provider} into your keychain.`;
    case 'done':
      return step.note.account === null
        ? `You are signed in to ${provider}.`
        : `You are signed in to ${provider} as ${step.note.account}.`;
    case 'failed':
      return signInFailureWords(step.why, provider).happened;
    case 'cancelled':
      return `The sign-in to ${provider} was cancelled. Nothing was kept.`;
  }
}

const at = (host: string | null): string => (host === null ? '' : ` (${host})`);

/** What the last paste came to; `null`: there is nothing to say. */
export function pasteWords(paste: OrganisationSignInState['paste']): string | null {
  switch (paste) {
    case 'none':
    case 'taken':
      return null;
    case 'not-of-this-attempt':
      return 'That belongs to another sign-in, so it was not used. Copy the address from the tab that this one opened.';
    case 'unreadable':
      return 'That is no such address. Copy all of it from the address bar of the browser, from “http” to its end.';
  }
}

/** Beside the field, wherever something can be pasted (what is pasted opens the account). */
export const PASTE_HINT =
  'If the browser stops at an address that it cannot open, copy that whole address and paste it here. Never paste it anywhere else.';

/** Beside the code that is to be typed on the provider’s page. */
export const DEVICE_HINT =
  'Type this code only on the page of your own organisation. Nobody who asks you for it is from there.';

/** Why a sign-in came to nothing. */
export function signInFailureWords(why: SignInFailure, provider: string): TroubleWords {
  switch (why.code) {
    case 'oidc':
      return oidcFailureWords(why.failure, provider, NOTHING);
    case 'no-way-back':
      return {
        happened: 'No socket could be opened on this machine for the browser to come back to.',
        means: NOTHING,
        do: `If the provider of ${provider} offers codes, set "deviceFlow": true for it, or try --device.`,
      };
    case 'no-device':
      return {
        happened: `The provider of ${provider} offers no code to type on another machine.`,
        means: NOTHING,
        do: 'Leave --device out. Without a browser here, --no-browser prints the address, and takes the one at which another browser stops.',
      };
    case 'timed-out':
      return {
        happened: `Nobody signed in to ${provider} in time.`,
        means: 'Credence has stopped waiting, and nothing was kept.',
        do: 'Try again.',
      };
    case 'no-place': {
      const words = keepTroubleWords(why.why);
      return {
        happened: words.happened,
        means: `Credence keeps tokens there and nowhere else, so the sign-in to ${provider} was not started.`,
        do: words.do,
      };
    }
    case 'not-kept':
      return {
        happened: `The sign-in to ${provider} went well, but the token could not be kept. ${keepTroubleWords(why.why).happened}`,
        means: 'The token was given back. Credence keeps tokens in the keychain and nowhere else.',
        do: keepTroubleWords(why.why).do,
      };
    case 'already-under-way':
      return {
        happened: `A sign-in to ${provider} is under way already, in another window or terminal.`,
        means: 'This one was not started.',
        do: 'Finish that one, or cancel it and start again.',
      };
    case 'internal':
      return {
        happened: 'Credence stumbled over a mistake of its own.',
        means: NOTHING,
        do: 'Please report this with “credence doctor”.',
      };
  }
}

const NOTHING = 'Nothing was kept.';

/** Why the keychain did not take or give a token. */
export function keepTroubleWords(trouble: KeepTrouble): Pick<TroubleWords, 'happened' | 'do'> {
  switch (trouble) {
    case 'no-keychain':
      return {
        happened: 'No keychain answers here.',
        do: 'Log in to the desktop, or start a Secret Service (as gnome-keyring or KWallet), and try again.',
      };
    case 'locked':
      return { happened: 'The keychain is locked.', do: 'Unlock it and try again.' };
    case 'denied':
      return {
        happened: 'The keychain does not let Credence in.',
        do: 'Allow it in the keychain’s own settings, and try again.',
      };
    case 'damaged':
      return {
        happened: 'The keychain does not hold what was stored there.',
        do: 'Remove the entry in the keychain’s own program, and try again.',
      };
    case 'later-version':
      return {
        happened: 'A later version of Credence has kept a token there, which this one cannot read.',
        do: 'Update Credence, and try again.',
      };
    case 'busy':
      return { happened: 'Another program of Credence holds it just now.', do: 'Try again in a moment.' };
  }
}

/** What a sign-out came to. */
export function signOutWords(answer: SignOutAnswer, provider: string): TroubleWords {
  if (answer.ok) {
    const gone = `You are signed out of ${provider}.`;
    switch (answer.revoked) {
      case 'revoked':
        return { happened: gone, means: 'The token was revoked, and is gone from your keychain.', do: '' };
      case 'not-offered':
        return {
          happened: gone,
          means:
            'The token is gone from your keychain. The provider cannot revoke it, so a copy would be good until it ends.',
          do: '',
        };
      case 'failed':
        return {
          happened: gone,
          means:
            'The token is gone from your keychain. It could not be revoked, so a copy would be good until it ends.',
          do: 'End the session on the provider’s own page if that matters.',
        };
      case 'nothing-to-revoke':
        return { happened: gone, means: 'There was no usable token left.', do: '' };
    }
  }
  const { why } = answer;
  const kept = 'Nothing was removed.';
  switch (why.code) {
    case 'not-signed-in':
      return {
        happened: `You are not signed in to ${provider}.`,
        means: 'There is nothing to remove.',
        do: '',
      };
    case 'not-revoked': {
      const words = oidcFailureWords(why.failure, provider, kept);
      return {
        happened: `The token could not be revoked. ${words.happened}`,
        means: 'It is still in your keychain, so that revoking can be tried again.',
        do: `${words.do} Or remove it here all the same: “credence logout --provider ${provider} --anyway”.`,
      };
    }
    case 'keychain': {
      const words = keepTroubleWords(why.trouble);
      return { happened: words.happened, means: kept, do: words.do };
    }
    case 'busy':
      return {
        happened: `Another program of Credence renews the token of ${provider} just now.`,
        means: kept,
        do: 'Try again in a moment.',
      };
  }
}
