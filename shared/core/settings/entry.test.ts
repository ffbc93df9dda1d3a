import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fingerprint } from '../secret.ts';
import { WATCHED } from '../sources/index.ts';
import { approvalOf, makeEntry, type ApprovalTails, type Entry } from './entry.ts';

const NO_TAILS: ApprovalTails = { approved: new Set(), rejected: new Set() };
const ORIGIN = { kind: 'process', name: 'x' } as const;
const fingerprintOf = (secret: string): Fingerprint => `#${String(secret.length)}` as Fingerprint;

function entry(name: string, text: string, tails = NO_TAILS): Entry {
  const variable = WATCHED.get(name);
  if (variable === undefined) throw new Error(name);
  return makeEntry(variable, text, ORIGIN, fingerprintOf, tails);
}

describe('What is kept of a value', () => {
  test.each<[string, string, Partial<Entry>]>([
    [
      'ANTHROPIC_API_KEY',
      ' key ',
      { state: 'value', fingerprint: '#3' as Fingerprint, text: null, approval: 'unanswered' },
    ],
    ['ANTHROPIC_API_KEY', ' \t', { state: 'blank', fingerprint: null, approval: null }],
    ['ANTHROPIC_API_KEY', '', { state: 'empty', fingerprint: null, approval: null }],
    ['ANTHROPIC_AUTH_TOKEN', 'a', { fingerprint: '#1' as Fingerprint, approval: null, text: null }],
    ['CLAUDE_CODE_USE_BEDROCK', 'YES', { on: true, fingerprint: null, text: null }],
    ['CLAUDE_CODE_USE_BEDROCK', '0', { on: false }],
    ['ANTHROPIC_BASE_URL', ' https://u:p@h/?q ', { text: 'https://h/', fingerprint: null, on: false }],
    ['CLAUDE_CONFIG_DIR', ' /a ', { text: ' /a ', fingerprint: null }],
    ['AWS_PROFILE', 'work', { text: 'work', fingerprint: null }],
    ['CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR', '5', { text: '5', fingerprint: null }],
    [
      'ANTHROPIC_CUSTOM_HEADERS',
      'x-api-key: abc',
      {
        text: null,
        fingerprint: null,
        headers: {
          authorization: null,
          xApiKey: '#3' as Fingerprint,
          blank: { authorization: false, xApiKey: false },
          bearerAlone: false,
          respelled: false,
          unsendable: { authorization: false, others: false },
        },
      },
    ],
  ])('%s=%j', (name, text, expected) => {
    expect(entry(name, text)).toMatchObject({ name, origin: ORIGIN, ...expected });
  });

  test.each(['a\nb', 'a\rb', 'a\u0001', '☃', 'a\u200b', 'a\u007fb'])('No header can carry %j.', (text) => {
    expect(entry('ANTHROPIC_API_KEY', text).unsendable).toBe(true);
  });

  test.each(['a', 'a b', 'a\tb', 'ä', 'a\n', 'a\u0085b', '\u0085', '', ' '])(
    'A header can carry %j, or there is nothing.',
    (text) => {
      expect(entry('ANTHROPIC_API_KEY', text)).not.toHaveProperty('unsendable');
    },
  );

  test('The secret itself is in nothing of it, whatever the variable.', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WATCHED.values()),
        fc.stringMatching(/^[A-Za-z0-9]{20,60}$/),
        (variable, secret) => {
          const shown = JSON.stringify(entry(variable.name, `Authorization: Bearer ${secret}`));
          const told = variable.kind === 'path' || variable.kind === 'text' || variable.kind === 'descriptor';
          expect(shown.includes(secret)).toBe(told);
        },
      ),
    );
  });

  test('No text makes it fail.', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WATCHED.keys()), fc.string({ unit: 'binary' }), (name, text) => {
        const { state } = entry(name, text);
        expect(state === 'value').toBe(text.trim() !== '');
      }),
    );
  });
});

describe('What was answered about a key', () => {
  const key = `sk-ant-${'a'.repeat(30)}-the-last-20-of-it`;
  const tail = key.slice(-20);
  const tails = (approved: readonly string[], rejected: readonly string[] = []): ApprovalTails => ({
    approved: new Set(approved),
    rejected: new Set(rejected),
  });

  test.each([
    ['nothing', tails([]), 'unanswered'],
    ['yes', tails([tail]), 'approved'],
    ['no', tails([], [tail]), 'rejected'],
    ['both', tails([tail], [tail]), 'approved'],
    ['the whole key', tails([key]), 'unanswered'],
    ['a part of the tail', tails([tail.slice(1)]), 'unanswered'],
  ] as const)('%s', (_, remembered, approval) => {
    expect(approvalOf(key, remembered)).toBe(approval);
    expect(entry('ANTHROPIC_API_KEY', ` ${key}\n`, remembered).approval).toBe(approval);
  });

  test('A short key is remembered whole.', () => {
    expect(approvalOf('short', tails(['short']))).toBe('approved');
  });
});

test('A value that says when it ends is asked.', () => {
  const jwt = ['{"alg":"none"}', '{"exp":1800000000}', 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  expect(entry('ANTHROPIC_AUTH_TOKEN', jwt).endsAt).toBe(1_800_000_000_000);
  expect(entry('ANTHROPIC_AUTH_TOKEN', 'a').endsAt).toBeNull();
  expect(entry('AWS_PROFILE', jwt).endsAt).toBeNull();
});
