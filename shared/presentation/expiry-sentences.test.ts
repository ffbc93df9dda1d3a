import { describe, expect, test } from 'vitest';
import { EXPIRY_KINDS, type Expiry } from '../core/expiry.ts';
import { inspectGiven, OAUTH, type Given } from '../testing/given.ts';
import type { Calendar } from './days.ts';
import { expiryLabel, expirySentence, expirySentences } from './expiry-sentences.ts';

/** 20 November 2026, 12:00 UTC. */
const NOW = Date.UTC(2026, 10, 20, 12);
const calendar: Calendar = { now: NOW, utcOffsetMinutes: 60 };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('Every clock that the engine finds, in words:', () => {
  test.each([
    [
      { login: { refreshTokenExpiresAt: '$NOW_MS+1987200000' } },
      [
        'Your Max login ends between 10 and 13 December.',
        'The access token of your Max login renews itself.',
      ],
    ],
    [
      { login: { refreshTokenExpiresAt: '$NOW_MS+172800000', refreshToken: undefined } },
      [
        'Your Max login ends any day now, by 22 November.',
        'The access token of your Max login ends at 21:00, in 8 hours.',
      ],
    ],
    [
      { login: { refreshTokenExpiresAt: '$NOW_MS-86400000' } },
      [
        'Your Max login may have ended: between 16 and 19 November.',
        'The access token of your Max login renews itself.',
      ],
    ],
    [
      { login: { refreshToken: '', expiresAt: '$NOW_MS-86400000' } },
      ['Your Max login has ended.', 'The access token of your Max login ended on 19 November at 13:00.'],
    ],
    [{ login: { expiresAt: undefined } }, ['When your Max login ends is not known.']],
    [
      { shell: OAUTH },
      ['The OAuth token does not say when it ends; one made by “claude setup-token” lasts a year.'],
    ],
    [{ profile: 'named' }, ['The token of the profile “work” ends at 14:00, in 60 minutes.']],
    [{ profile: 'renewable' }, ['The token of the profile “default” renews itself.']],
    [{}, []],
  ] as readonly [Given, readonly string[]][])('%j', async (given, sentences) => {
    expect(expirySentences(await inspectGiven(given), 60)).toEqual(sentences);
  });
});

const clock = (more: Partial<Expiry>): Expiry => ({
  source: 'cloud-provider',
  kind: 'token',
  earliest: null,
  at: null,
  certainty: 'exact',
  state: 'fine',
  ...more,
});
const at = (time: number): Pick<Expiry, 'earliest' | 'at'> => ({ earliest: time, at: time });

describe('A clock as sentence and as label:', () => {
  test.each<[Partial<Expiry>, string, string]>([
    [
      { kind: 'bedrock-key', ...at(NOW + 5 * HOUR), certainty: 'upper-bound' },
      'The Bedrock API key ends by 18:00, in 5 hours.',
      'ends by 18:00',
    ],
    [
      { kind: 'aws-sso', ...at(NOW + 40 * 60_000), state: 'ending-soon' },
      'The AWS SSO sign-in ends at 13:40, in 40 minutes.',
      'ends at 13:40',
    ],
    [
      { kind: 'aws-sso', ...at(NOW + 80 * DAY), state: 'renews-itself' },
      'The AWS SSO sign-in renews itself until 8 February 2027.',
      'renews itself',
    ],
    [
      { kind: 'token', ...at(NOW - 2 * 60_000), state: 'ending-soon' },
      'The cloud provider’s token ends about now.',
      'ends at 12:58',
    ],
    [
      { kind: 'token', source: 'auth-token', ...at(NOW - DAY), certainty: 'upper-bound', state: 'ended' },
      'The auth token ended by 19 November at 13:00.',
      'has ended',
    ],
    [
      { kind: 'gcp', certainty: 'unknown', state: 'unknown' },
      'When the Google Cloud sign-in ends is not known.',
      'end not known',
    ],
    [{ kind: 'profile', ...at(0), state: 'ended' }, 'The profile’s token has ended.', 'has ended'],
    [{ kind: 'profile', ...at(8.64e15) }, 'When the profile’s token ends is not known.', 'end not known'],
    [
      { kind: 'login', earliest: NOW + 46 * DAY, at: NOW + 49 * DAY, certainty: 'upper-bound' },
      'Your Claude login ends between 5 and 8 January 2027.',
      'ends 5 to 8 January 2027',
    ],
    [
      {
        kind: 'login',
        earliest: NOW - DAY,
        at: NOW + 2 * DAY,
        certainty: 'upper-bound',
        state: 'ending-soon',
      },
      'Your Claude login ends any day now, by 22 November.',
      'ends any day now, by 22 November',
    ],
    [
      {
        kind: 'login',
        earliest: NOW - 4 * DAY,
        at: NOW - DAY,
        certainty: 'upper-bound',
        state: 'probably-ended',
      },
      'Your Claude login may have ended: between 16 and 19 November.',
      'may have ended',
    ],
  ])('%j', async (more, sentence, label) => {
    const { facts } = await inspectGiven({});
    expect(expirySentence(clock(more), facts, calendar)).toBe(sentence);
    expect(expiryLabel(clock(more), calendar)).toBe(label);
  });
});

test('Every kind in every state has words, whatever the numbers are.', async () => {
  const { facts } = await inspectGiven({});
  const states: readonly Expiry['state'][] = [
    'fine',
    'renews-itself',
    'ending-soon',
    'probably-ended',
    'ended',
    'unknown',
  ];
  for (const kind of EXPIRY_KINDS) {
    for (const state of states) {
      for (const time of [null, 0, -1e18, 1e18, Number.NaN, NOW, NOW + DAY]) {
        const one = clock({ kind, state, earliest: time, at: time });
        expect(expirySentence(one, facts, calendar)).toMatch(/^[A-Z].*[^.]\.$/);
        expect(`${expirySentence(one, facts, calendar)} ${expiryLabel(one, calendar)}`).not.toMatch(
          /NaN|undefined|Invalid|1970/,
        );
      }
    }
  }
});
