import { describe, expect, expectTypeOf, test } from 'vitest';
import type { ForeignKeyring } from '../../ports/foreign-keyring.ts';
import { fixedClock, SOME_NOON } from '../../testing/fixed-clock.ts';
import { manualScheduler } from '../../testing/manual-scheduler.ts';
import { memoryForeignKeyring } from '../../testing/memory-keyring.ts';
import { claudeCodeLogin, readClaudeCodeLogin } from './claude-code-login.ts';
import { consentByClick } from './consent-by-click.ts';

const ACCOUNT = 'p';
const SERVICE = 'Claude Code-credentials';
const clock = fixedClock();
const ports = { clock, scheduler: manualScheduler(clock) };

const login = (fields: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    claudeAiOauth: {
      accessToken: 'made-up',
      refreshToken: 'made-up-too',
      expiresAt: SOME_NOON + 1_000,
      scopes: ['user:inference'],
      ...fields,
    },
  });

async function read(secret: string, suffix: string | null = null, service = SERVICE, account = ACCOUNT) {
  const keyring = memoryForeignKeyring([{ service, account, secret }]);
  return readClaudeCodeLogin(claudeCodeLogin(suffix, account), keyring, consentByClick(), ports);
}

describe('The login of Claude Code', () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['one that holds', login(), { ok: true }],
    ['one without an end', login({ expiresAt: null }), { ok: true }],
    [
      'one whose access has ended, and that can be renewed',
      login({ expiresAt: SOME_NOON }),
      { error: { code: 'TokenExpired', refreshable: true } },
    ],
    [
      'one that nothing can renew',
      login({ expiresAt: SOME_NOON, refreshToken: undefined }),
      { error: { code: 'TokenExpired', refreshable: false } },
    ],
    [
      'one whose renewal was refused',
      login({ expiresAt: SOME_NOON, refreshToken: '' }),
      { error: { code: 'TokenExpired', refreshable: false } },
    ],
    [
      'one whose renewal has ended too',
      login({ expiresAt: SOME_NOON, refreshTokenExpiresAt: SOME_NOON }),
      { error: { code: 'TokenExpired', refreshable: false } },
    ],
    ['one without a token', login({ accessToken: '' }), { error: { code: 'InvalidSchema' } }],
    ['other things only', '{"mcpOAuth":{}}', { error: { code: 'InvalidSchema' } }],
    ['no JSON', 'made-up', { error: { code: 'InvalidSchema' } }],
    ['no UTF-8', '\xff\xfe{}', { error: { code: 'InvalidSchema' } }],
    ['nothing', '', { error: { code: 'EmptyCredential' } }],
  ];

  test.each(cases)('%s', async (_, secret, expected) => {
    expect(await read(secret)).toMatchObject(expected as Record<string, unknown>);
  });

  test('Its bytes are kept as they were, with what nobody knows and in any spelling.', async () => {
    const raw = ` { "later" : 1e0,\n"claudeAiOauth":${JSON.stringify({ accessToken: 'x', subscriptionType: '\xc3\xa9' })} }\r\n`;
    const result = await read(raw);
    expect(result).toMatchObject({ ok: true, raw, value: { plan: 'é' } });
  });

  test('It is looked for by the service and the account, and the suffix of the folder.', async () => {
    expect(await read(login(), 'deadbeef', `${SERVICE}-deadbeef`)).toMatchObject({ ok: true });
    expect(await read(login(), 'deadbeef')).toMatchObject({ error: { code: 'NotFound' } });
    expect(claudeCodeLogin(null, 'a b').item).toEqual({ service: SERVICE, account: 'claude-code-user' });
  });
});

describe('Consent', () => {
  test('One click is one question, however often it is read.', async () => {
    const keyring = memoryForeignKeyring([{ service: SERVICE, account: ACCOUNT, secret: login() }]);
    const definition = claudeCodeLogin(null, ACCOUNT);
    const consent = consentByClick();
    expect(await readClaudeCodeLogin(definition, keyring, consent, ports)).toMatchObject({ ok: true });
    expect(await readClaudeCodeLogin(definition, keyring, consent, ports)).toMatchObject({
      error: { code: 'Unavailable', why: 'denied' },
    });
    expect(keyring.prompts()).toBe(1);
  });

  test('What other programs keep can only be read, by type.', () => {
    expectTypeOf<keyof ForeignKeyring>().toEqualTypeOf<'read'>();
    expectTypeOf<Parameters<ForeignKeyring['read']>['length']>().toEqualTypeOf<2>();
    expectTypeOf<Parameters<typeof readClaudeCodeLogin>['length']>().toEqualTypeOf<4>();
  });
});
