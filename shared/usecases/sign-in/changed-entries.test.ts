import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type { OidcTokens } from '../../ports/oidc.ts';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { manualScheduler } from '../../testing/manual-scheduler.ts';
import { memoryKeyring } from '../../testing/memory-keyring.ts';
import { memoryLocks } from '../../testing/memory-locks.ts';
import { memoryNotes } from '../../testing/memory-notes.ts';
import { madeUpTokens, memoryOidc } from '../../testing/memory-oidc.ts';
import { northwind } from '../../testing/northwind.ts';
import { organisationItem, organisationTokenBytes, tokenOf } from '../keyring-services/organisation-token.ts';
import { organisationTokens } from './kept-organisation-tokens.ts';

const HOUR = 60 * 60 * 1000;
const PLACES = { issuer: ['https://a.example', 'https://b.example'], clientId: ['one', 'two'] };
const RESOURCES = [null, 'https://gateway.example'];

/** One name, whatever stands in its entry. */
const entry = fc
  .record({
    issuer: fc.constantFrom(...PLACES.issuer),
    clientId: fc.constantFrom(...PLACES.clientId),
    resource: fc.constantFrom(...RESOURCES),
    from: fc.constantFrom('user' as const, 'managed' as const),
  })
  .map((more) => northwind(more));
const step = fc.oneof(
  fc.record({ do: fc.constant('configure' as const), entry }),
  fc.record({ do: fc.constantFrom('sign-in' as const, 'ask' as const, 'ask' as const, 'wait' as const) }),
  fc.record({ do: fc.constant('sign-out' as const), anyway: fc.boolean() }),
);

const giver = ({ issuer, clientId }: OidcProvider): string => `${issuer} ${clientId}`;
const whole = (provider: OidcProvider): string => `${giver(provider)} ${provider.resource ?? 'all'}`;

test('However an entry is changed, a token goes to nobody but who gave it, and is handed out for nothing but what it was given for.', async () => {
  await fc.assert(
    fc.asyncProperty(entry, fc.array(step, { maxLength: 30 }), async (first, steps) => {
      const clock = fixedClock();
      /** By token: who gave it, and for what. */
      const given = new Map<string, OidcProvider>();
      const give = (provider: OidcProvider): OidcTokens => {
        const tokens = madeUpTokens(given.size + 1, { scopes: null });
        for (const token of [tokens.accessToken, tokens.refreshToken ?? '']) given.set(token, provider);
        return tokens;
      };
      const strays: string[] = [];
      const arrives = (token: string, provider: OidcProvider, same: (of: OidcProvider) => string): void => {
        const of = given.get(token);
        if (of === undefined || same(of) !== same(provider)) strays.push(`${token} at ${whole(provider)}`);
      };
      const tokens = organisationTokens({
        clock,
        scheduler: manualScheduler(clock),
        keyring: memoryKeyring(),
        notes: memoryNotes(),
        locks: memoryLocks(),
        oidc: {
          refresh: (provider, token) => {
            arrives(token, provider, whole);
            return Promise.resolve({ ok: true, value: give(provider) });
          },
          revoke: (provider, token) => {
            arrives(token, provider, giver);
            return Promise.resolve({ ok: true, value: 'revoked' });
          },
        },
      });
      let configured = first;
      for (const one of steps) {
        if (one.do === 'configure') configured = one.entry;
        if (one.do === 'sign-in') await tokens.keep(configured, give(configured));
        if (one.do === 'wait') clock.advance(2 * HOUR);
        if (one.do === 'sign-out') await tokens.signOut(configured, one.anyway);
        if (one.do === 'ask') {
          const answer = await tokens.fresh(configured);
          if (answer.ok) arrives(answer.accessToken, configured, whole);
        }
      }
      expect(strays).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

function sit(provider = northwind()) {
  const clock = fixedClock();
  const keyring = memoryKeyring();
  const notes = memoryNotes();
  const tokens = organisationTokens({
    clock,
    scheduler: manualScheduler(clock),
    keyring,
    notes,
    locks: memoryLocks(),
    oidc: memoryOidc(),
  });
  const item = organisationItem(provider.name);
  const now = { at: clock.now(), uptime: clock.uptime() };
  const kept = async (): Promise<string | null> => {
    const answer = await keyring.get(item);
    return answer.state === 'found' ? answer.secret : null;
  };
  return { clock, keyring, notes, tokens, item, now, kept, provider };
}

test('What was kept before it was written down what it is for is used, and is for that from its renewal on.', async () => {
  const { tokens, keyring, item, now, clock, provider } = sit();
  const earlier = tokenOf(madeUpTokens(1), null, provider, now);
  await keyring.set(item, organisationTokenBytes({ ...earlier, resource: undefined }));
  const gateway = { ...provider, resource: 'https://gateway.example' };
  expect(await tokens.fresh(gateway)).toMatchObject({ ok: true });
  clock.advance(2 * HOUR);
  expect(await tokens.fresh(gateway)).toMatchObject({ ok: true, accessToken: 'made-up-access-2' });
  expect(await tokens.fresh(provider)).toMatchObject({ ok: false, why: { code: 'entry-changed' } });
});

test('Scopes that the entry gets after a sign-in are told as missing, though the answer named none.', async () => {
  const { tokens, provider, clock } = sit(northwind({ scopes: ['openid'] }));
  await tokens.keep(provider, madeUpTokens(1, { scopes: null }));
  clock.advance(2 * HOUR);
  await tokens.fresh({ ...provider, scopes: ['openid', 'gateway'] });
  expect(tokens.known()).toMatchObject([{ missingScopes: ['gateway'] }]);
});

describe('What a later version of Credence has kept', () => {
  const later = JSON.stringify({
    version: 2,
    accessToken: 'made-up-later',
    issuer: 'https://login.northwind.example',
  });

  test('is told as that, and neither used nor replaced, by a sign-in neither.', async () => {
    const { tokens, keyring, item, kept, provider } = sit();
    await keyring.set(item, later);
    expect(await tokens.fresh(provider)).toEqual({
      ok: false,
      why: { code: 'keychain', trouble: 'later-version' },
    });
    expect(await tokens.keep(provider, madeUpTokens(3))).toEqual({ ok: false, why: 'later-version' });
    expect(await tokens.signOut(provider, false)).toEqual({
      ok: false,
      why: { code: 'keychain', trouble: 'later-version' },
    });
    expect(await kept()).toBe(later);
    expect(keyring.calls.filter((call) => !call.startsWith('get'))).toEqual(['set organisation:northwind']);
  });

  test('is seen before anybody signs in; what came meanwhile is not replaced either.', async () => {
    const { tokens, keyring, item, kept, provider } = sit();
    const looked = await tokens.look(provider);
    expect(looked).toEqual({ trouble: null, there: null });
    await keyring.set(item, later);
    expect(await tokens.look(provider)).toMatchObject({ trouble: 'later-version' });
    expect(await tokens.keep(provider, madeUpTokens(3), looked)).toEqual({ ok: false, why: 'later-version' });
    expect([await kept(), tokens.known()]).toEqual([later, []]);
  });

  test('in the index of all sign-ins stays there, and nothing is kept beside it.', async () => {
    const { tokens, keyring, notes, provider, clock } = sit();
    await tokens.keep(provider, madeUpTokens(1));
    const index = '{"schemaVersion":2,"organisations":{"northwind":{"more":true}}}';
    notes.write('organisations', index);
    expect(await tokens.fresh(provider)).toMatchObject({ ok: true, accessToken: 'made-up-access-1' });
    clock.advance(2 * HOUR);
    expect(await tokens.fresh(provider)).toMatchObject({ ok: true, accessToken: 'made-up-access-2' });
    expect(await tokens.look(provider)).toMatchObject({ trouble: 'later-version' });
    const before = keyring.calls.length;
    expect(await tokens.keep(provider, madeUpTokens(3))).toEqual({ ok: false, why: 'later-version' });
    expect(keyring.calls.slice(before)).toEqual([]);
    expect(await tokens.signOut(provider, false)).toMatchObject({ ok: true });
    expect([notes.texts.organisations, tokens.known()]).toEqual([index, []]);
  });

  test('is deleted by who says so, and only then.', async () => {
    const { tokens, keyring, item, kept, provider } = sit();
    await keyring.set(item, later);
    expect(await tokens.signOut(provider, true)).toEqual({ ok: true, revoked: 'nothing-to-revoke' });
    expect(await kept()).toBe(null);
    expect(await tokens.keep(provider, madeUpTokens(3))).toMatchObject({ ok: true });
  });

  test('is nothing that is damaged: that is replaced by a sign-in.', async () => {
    const { tokens, keyring, item, provider } = sit();
    await keyring.set(item, 'nonsense');
    expect(await tokens.fresh(provider)).toEqual({
      ok: false,
      why: { code: 'keychain', trouble: 'damaged' },
    });
    expect(await tokens.keep(provider, madeUpTokens(3))).toMatchObject({ ok: true });
  });
});
