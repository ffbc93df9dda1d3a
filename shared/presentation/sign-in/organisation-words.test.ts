import { describe, expect, test } from 'vitest';
import type {
  OrganisationSignInState,
  SignInFailure,
  SignInStep,
} from '../../core/sign-in/organisation-sign-in.ts';
import { OIDC_FAILURES } from '../../core/sign-in/oidc-failure.ts';
import type { SignOutAnswer } from '../../usecases/sign-in/organisation-tokens.ts';
import { LANDING_PAGES } from './landing-pages.ts';
import {
  keepTroubleWords,
  pasteWords,
  signInFailureWords,
  signInStepWords,
  signOutWords,
} from './organisation-words.ts';

const failure = (code: (typeof OIDC_FAILURES)[number]): SignInFailure => ({
  code: 'oidc',
  failure: { code, status: 503, retryAfter: 90 },
});
const TROUBLES = ['no-keychain', 'locked', 'denied', 'damaged', 'later-version', 'busy'] as const;
const FAILURES: readonly SignInFailure[] = [
  ...OIDC_FAILURES.map(failure),
  ...(['no-way-back', 'no-device', 'timed-out', 'already-under-way', 'internal'] as const).map((code) => ({
    code,
  })),
  ...TROUBLES.flatMap((why): readonly SignInFailure[] => [
    { code: 'not-kept', why },
    { code: 'no-place', why },
  ]),
];
const NOTE = {
  provider: 'northwind',
  account: 'petra@northwind.example',
  signedInAt: 0,
  accessEndsAt: null,
  renews: true,
  missingScopes: [],
  state: 'signed-in',
} as const;
const SENTENCES = /^[A-Z“"][^]*[.!]$/;

function state(step: SignInStep, more: Partial<OrganisationSignInState> = {}): OrganisationSignInState {
  return {
    provider: 'northwind',
    step,
    startedAt: 0,
    stopsAt: null,
    host: 'login.northwind.example',
    browserAt: null,
    returnsTo: null,
    takesPaste: false,
    paste: 'none',
    ...more,
  };
}

describe('A sign-in in words', () => {
  test.each(FAILURES.map((why) => [JSON.stringify(why), why] as const))(
    'says what happened, what it means and what to do: %s',
    (_, why) => {
      const words = signInFailureWords(why, 'northwind');
      for (const text of [words.happened, words.means, words.do]) expect(text).toMatch(SENTENCES);
      const page = LANDING_PAGES.last({ at: 'failed', why }, 'northwind');
      expect(page).toMatchObject({ went: 'wrong', title: 'Not signed in to northwind' });
      expect(page.text.join(' ')).not.toMatch(/undefined|\[object/);
    },
  );

  test('tells different things differently.', () => {
    const said = FAILURES.map((why) => signInFailureWords(why, 'northwind').happened);
    expect(new Set(said).size).toBe(
      said.length - TROUBLES.length + new Set(TROUBLES.map((one) => keepTroubleWords(one).happened)).size,
    );
  });

  test.each<readonly [OrganisationSignInState, string]>([
    [state({ at: 'starting' }), 'Credence asks the provider of northwind what it offers.'],
    [
      state({ at: 'waiting' }),
      'northwind waits for you on its page (login.northwind.example). Open the address in a browser.',
    ],
    [
      state({ at: 'waiting' }, { browserAt: 1 }),
      'northwind waits for you in the browser (login.northwind.example).',
    ],
    [
      state({ at: 'device', userCode: 'A', verificationUri: 'https://x.example' }),
      'northwind waits for a code. Type it on its page, on any machine.',
    ],
    [state({ at: 'exchanging' }), 'Credence fetches the token of northwind.'],
    [state({ at: 'keeping' }), 'Credence puts the token of northwind into your keychain.'],
    [state({ at: 'done', note: NOTE }), 'You are signed in to northwind as petra@northwind.example.'],
    [state({ at: 'done', note: { ...NOTE, account: null } }), 'You are signed in to northwind.'],
    [state({ at: 'failed', why: { code: 'timed-out' } }), 'Nobody signed in to northwind in time.'],
    [state({ at: 'cancelled' }), 'The sign-in to northwind was cancelled. Nothing was kept.'],
  ])('says where it stands: %#', (where, sentence) => {
    expect(signInStepWords(where)).toBe(sentence);
  });

  test('says what a paste came to.', () => {
    expect([pasteWords('none'), pasteWords('taken')]).toEqual([null, null]);
    for (const paste of ['unreadable', 'not-of-this-attempt'] as const)
      expect(pasteWords(paste)).toMatch(SENTENCES);
  });

  const ANSWERS: readonly SignOutAnswer[] = [
    ...(['revoked', 'not-offered', 'failed', 'nothing-to-revoke'] as const).map((revoked) => ({
      ok: true as const,
      revoked,
    })),
    { ok: false, why: { code: 'not-signed-in' } },
    { ok: false, why: { code: 'busy' } },
    {
      ok: false,
      why: { code: 'not-revoked', failure: { code: 'try-later', status: 503, retryAfter: null } },
    },
    ...TROUBLES.map((trouble) => ({ ok: false as const, why: { code: 'keychain' as const, trouble } })),
  ];
  test.each(ANSWERS.map((answer) => [JSON.stringify(answer), answer] as const))(
    'says how a sign-out ended: %s',
    (_, answer) => {
      const words = signOutWords(answer, 'northwind');
      expect(words.happened).toMatch(SENTENCES);
      expect(words.means).toMatch(SENTENCES);
      expect(words.do === '' || SENTENCES.test(words.do)).toBe(true);
      // Where the token is still here and could be removed all the same, that is said.
      expect(words.do.includes('--anyway')).toBe(!answer.ok && answer.why.code === 'not-revoked');
    },
  );

  test('says how long a provider asks to wait, and no more than a day.', () => {
    const words = (retryAfter: number): string =>
      signInFailureWords({ code: 'oidc', failure: { code: 'try-later', status: 429, retryAfter } }, 'x').do;
    expect(words(90)).toBe('Try again in 90 seconds.');
    expect(words(1e12)).toBe('Try again in 24 hours.');
    expect(words(0)).toBe('Try again in a few minutes.');
  });
});
