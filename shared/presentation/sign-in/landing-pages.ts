import type { SignInStep } from '../../core/sign-in/organisation-sign-in.ts';
import type { LandingPage } from '../../ports/loopback.ts';
import type { LandingPages } from '../../usecases/sign-in/organisation-attempt.ts';
import { signInFailureWords } from './organisation-words.ts';

/** What the browser shows where a sign-in to an organisation comes back. */
export const LANDING_PAGES: LandingPages = {
  notThis: {
    title: 'Nothing happened',
    text: [
      'Credence waits here for a sign-in, and this address does not belong to it.',
      'Go back to the page of your organisation, or start the sign-in again in Credence.',
    ],
    went: 'wrong',
  },
  already: {
    title: 'This was used already',
    text: ['Credence has taken the answer of your organisation before. You can close this tab.'],
    went: 'wrong',
  },
  last: lastPage,
};

function lastPage(last: SignInStep, provider: string): LandingPage {
  const why =
    'Your browser came to this address of your own machine because Credence asked it to bring the answer back.';
  if (last.at === 'done') {
    return {
      title: `Signed in to ${provider}`,
      text: ['Credence keeps the token in your system’s keychain. You can close this tab.', why],
      went: 'well',
    };
  }
  const title = `Not signed in to ${provider}`;
  if (last.at !== 'failed') {
    const cancelled = 'The sign-in was cancelled in Credence, and nothing was kept. You can close this tab.';
    return { title, text: [cancelled, why], went: 'wrong' };
  }
  const words = signInFailureWords(last.why, provider);
  return { title, text: [words.happened, words.do, why], went: 'wrong' };
}
