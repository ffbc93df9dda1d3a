import { describe, expect, test } from 'vitest';
import type { OrganisationNote } from '../../core/sign-in/organisation-sign-in.ts';
import type { ProvidersFlawCode } from '../../core/sign-in/providers-file.ts';
import { madeUpProvider } from '../../testing/made-up-organisation-sign-in.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { FLAW_SENTENCES, flawPlace } from './provider-flaw-words.ts';
import { checkLines, checkText, providersText, signInSentence } from './providers-text.ts';

const CALENDAR = { now: SOME_NOON, utcOffsetMinutes: 0 };
const STYLE = { colour: false, columns: 80 };
const HOUR = 3_600_000;
const note = (more: Partial<OrganisationNote> = {}): OrganisationNote => ({
  provider: 'northwind',
  account: 'petra@northwind.example',
  signedInAt: SOME_NOON - HOUR,
  accessEndsAt: SOME_NOON + HOUR,
  renews: true,
  missingScopes: [],
  state: 'signed-in',
  ...more,
});

describe('Providers in words', () => {
  test.each<readonly [OrganisationNote | undefined, string]>([
    [undefined, 'Not signed in. “credence login --provider northwind” does it.'],
    [note(), 'Signed in as petra@northwind.example. The token renews itself.'],
    [note({ account: null }), 'Signed in. The token renews itself.'],
    [
      note({ missingScopes: ['gateway', 'a\u001bb'] }),
      'Signed in as petra@northwind.example. The token renews itself. The provider did not grant gateway, a�b.',
    ],
    [
      note({ renews: false }),
      'Signed in as petra@northwind.example. The token ends at 13:00, and there is none to renew it with.',
    ],
    [
      note({ renews: false, accessEndsAt: SOME_NOON - HOUR }),
      'Signed in as petra@northwind.example. The token ended at 11:00, and there is none to renew it with.',
    ],
    [
      note({ renews: false, accessEndsAt: null }),
      'Signed in as petra@northwind.example. When the token ends is not known.',
    ],
    [
      note({ state: 'entry-changed' }),
      'The entry has changed since you signed in as petra@northwind.example, so that token is not used. “credence login --provider northwind” signs in anew.',
    ],
    [
      note({ state: 'needs-sign-in' }),
      'The sign-in as petra@northwind.example has ended. “credence login --provider northwind” renews it.',
    ],
  ])('say who is signed in: %#', (known, sentence) => {
    expect(signInSentence('northwind', known, CALENDAR)).toBe(sentence);
  });

  test('tell whose they are, where they send to, and what is wrong with the files.', () => {
    const book = {
      providers: [
        madeUpProvider({ from: 'managed', deviceFlow: true }),
        madeUpProvider({ name: 'other', baseUrl: null }),
      ],
      files: [
        { from: 'managed', path: '/etc/credence/providers.json', state: 'read', flaws: [] },
        {
          from: 'user',
          path: '/home/p/.config/credence/providers.json',
          state: 'read',
          flaws: [{ where: 'providers[2].issuer', line: 9, name: 'third', code: 'not-https' }],
        },
      ],
    } as const;
    const text = providersText(book, [note()], CALENDAR, { home: '/home/p', platform: 'linux' }, STYLE);
    expect(text).toBe(`● northwind  from your administrator
  https://login.northwind.example
  for https://gateway.northwind.example
  also by a code on another machine (--device)
  Signed in as petra@northwind.example. The token renews itself.

○ other  from your own file
  https://login.northwind.example
  Not signed in. “credence login --provider other” does it.

~/.config/credence/providers.json
  ▲ providers[2].issuer in line 9 (third)
    The address has to begin with https://. Only this machine itself (127.0.0.1
    or [::1]) may have http://.
`);
  });

  test.each(Object.keys(FLAW_SENTENCES) as ProvidersFlawCode[])(
    'have a sentence for the flaw %s.',
    (code) => {
      expect(FLAW_SENTENCES[code]).toMatch(/^[A-Z"].*\.$/);
    },
  );

  test.each([
    [{ where: '', line: 3, name: null }, 'line 3'],
    [{ where: '', line: null, name: null }, ''],
    [{ where: '', line: null, name: 'a' }, '(a)'],
    [{ where: 'providers[0].x', line: 2, name: null }, 'providers[0].x in line 2'],
  ])('name the place of a flaw: %#', (flaw, place) => {
    expect(flawPlace({ ...flaw, code: 'missing' })).toBe(place);
  });
});

describe('A check in words', () => {
  const server = {
    issuer: 'https://login.northwind.example',
    host: 'login.northwind.example',
    offersDevice: true,
    offersRevocation: true,
    offersS256: true,
    tellsIssuer: true,
  };
  const marks = (more: Partial<typeof server> | { readonly offersS256: null }, deviceFlow = false): string =>
    checkLines(madeUpProvider({ deviceFlow }), { ...server, ...more })
      .map(({ mark }) => mark)
      .join('');

  test.each([
    ['everything', {}, false, '✓✓✓✓✓'],
    ['no PKCE', { offersS256: false }, false, '✓✗✓✓✓'],
    ['PKCE untold', { offersS256: null }, false, '✓▲✓✓✓'],
    ['no issuer in answers', { tellsIssuer: false }, false, '✓✓▲✓✓'],
    ['no revocation', { offersRevocation: false }, false, '✓✓✓▲✓'],
    ['no codes', { offersDevice: false }, false, '✓✓✓✓▲'],
    ['no codes where they are configured', { offersDevice: false }, true, '✓✓✓✓✗'],
  ] as const)('marks what it means to offer %s.', (_, more, deviceFlow, expected) => {
    expect(marks(more, deviceFlow)).toBe(expected);
  });

  test('says why a provider could not be asked.', () => {
    const failure = { code: 'wrong-issuer', status: 200, retryAfter: null } as const;
    expect(checkText(madeUpProvider(), { ok: false, failure }, STYLE)).toMatch(
      /^northwind .*\n✗ .*another address/,
    );
  });
});
