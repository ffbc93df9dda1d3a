import { describe, expect, test } from 'vitest';
import { noteOfProvider } from '../../core/sign-in/note-of-provider.ts';
import { parseOrganisationNotes } from '../../core/sign-in/organisation-notes.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { madeUpTokens } from '../../testing/memory-oidc.ts';
import { HOUR, PROVIDER, refusing, signedInSeat, tokenIn, tokenSeat } from '../../testing/token-seat.ts';
import type { OrganisationTokens } from './organisation-tokens.ts';

describe('After a sign-in', () => {
  test('the token is handed out from the keychain, without a lock, a note or the network.', async () => {
    const { tokens, calls, keyring, setLocks, notes } = await signedInSeat();
    setLocks('unavailable');
    const before = keyring.calls.length;
    const answer = await tokens.fresh(PROVIDER);
    expect(tokenIn(answer)).toBe('made-up-access-1');
    expect([calls, keyring.calls.slice(before)]).toEqual([[], ['get organisation:northwind']]);
    expect(notes.texts.organisations).not.toContain('made-up-access');
  });

  test('it is noted who is signed in, until when, and nothing secret.', async () => {
    const { tokens, notes } = await signedInSeat({}, { scopes: ['openid'] });
    expect(tokens.known()).toEqual([
      {
        provider: 'northwind',
        account: 'petra@northwind.example',
        signedInAt: SOME_NOON,
        accessEndsAt: SOME_NOON + HOUR,
        renews: true,
        missingScopes: ['models'],
        state: 'signed-in',
        trial: null,
        signedInFor: { issuer: PROVIDER.issuer, clientId: PROVIDER.clientId, resource: null },
      },
    ]);
    expect(JSON.stringify(notes.texts)).not.toContain('made-up');
  });

  test('that is noted before the keychain has it, so that whoever clears up finds all that is there.', async () => {
    const { tokens, keyring } = tokenSeat();
    const { set } = keyring;
    let noted: readonly string[] = [];
    keyring.set = (...given) => {
      noted = tokens.known().map(({ provider }) => provider);
      return set(...given);
    };
    await tokens.keep(PROVIDER, madeUpTokens(1));
    expect(noted).toEqual(['northwind']);
  });

  test('a second sign-in takes the place of the first, and the refusal of the first is forgotten.', async () => {
    const { tokens, clock } = await signedInSeat(refusing('invalid-grant'));
    clock.advance(2 * HOUR);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('needs-sign-in');
    await tokens.keep(PROVIDER, madeUpTokens(7));
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-7');
    expect(tokens.known()).toMatchObject([{ state: 'signed-in' }]);
  });

  test.each([
    ['issuer', { issuer: 'https://elsewhere.example' }],
    ['client', { clientId: 'other' }],
    ['resource', { resource: 'https://gateway.northwind.example' }],
  ])(
    'another %s under the same name gets none of it, and it is good again once that is put back.',
    async (_, changed) => {
      const { tokens, calls, clock } = await signedInSeat();
      const anew = { ...PROVIDER, ...changed };
      const stateNow = (provider = anew) => noteOfProvider(provider, tokens.known())?.state;
      expect([stateNow(), stateNow(PROVIDER)]).toEqual(['entry-changed', 'signed-in']);
      expect(tokenIn(await tokens.fresh(anew))).toBe('entry-changed');
      expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
      clock.advance(2 * HOUR);
      expect(tokenIn(await tokens.fresh(anew))).toBe('entry-changed');
      expect(calls).toEqual([]);
      expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-2');
    },
  );
});

describe('Before a sign-in', () => {
  test.each([
    ['locked', 'locked'],
    ['denied', 'denied'],
    ['unreachable', 'no-keychain'],
    ['frozen', 'no-keychain'],
    // That is replaced.
    ['damaged', null],
    ['usual', null],
  ] as const)('a keychain that is %s is told as %s.', async (mood, trouble) => {
    const { tokens, keyring, settle } = tokenSeat();
    keyring.mood = mood;
    expect((await settle(tokens.look(PROVIDER))).trouble).toBe(trouble);
  });

  test('what is kept is read, and is not read again where nothing came meanwhile.', async () => {
    const { tokens, keyring } = await signedInSeat();
    const before = keyring.calls.length;
    const looked = await tokens.look(PROVIDER);
    expect(await tokens.keep(PROVIDER, madeUpTokens(2), looked)).toMatchObject({ ok: true });
    expect(keyring.calls.slice(before)).toEqual(['get organisation:northwind', 'set organisation:northwind']);
    // A renewal by another came between.
    expect(await tokens.keep(PROVIDER, madeUpTokens(3), looked)).toMatchObject({ ok: true });
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-3');
  });

  test.each(['error-after-storing', 'truncating', 'lying'] as const)(
    'what was read does not stand in the way when storing fails once (%s).',
    async (mood) => {
      const { tokens, keyring, settle } = await signedInSeat();
      const looked = await tokens.look(PROVIDER);
      keyring.mood = mood;
      const { set } = keyring;
      keyring.set = async (...given) => {
        const written = await set(...given);
        keyring.mood = 'usual';
        return written;
      };
      expect(await settle(tokens.keep(PROVIDER, madeUpTokens(2), looked))).toMatchObject({ ok: true });
      expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-2');
    },
  );
});

describe('When the keychain does not keep a sign-in', () => {
  test.each([
    ['locked', 'locked'],
    ['denied', 'denied'],
    ['unreachable', 'no-keychain'],
    ['frozen', 'no-keychain'],
    ['lying', 'damaged'],
    ['truncating', 'damaged'],
    ['error-after-storing', 'no-keychain'],
  ] as const)('as it is %s, that is said, and nobody is noted as signed in.', async (mood, why) => {
    const { tokens, keyring, settle } = tokenSeat();
    keyring.mood = mood;
    expect(await settle(tokens.keep(PROVIDER, madeUpTokens(1)))).toEqual({ ok: false, why });
    expect(tokens.known()).toEqual([]);
  });

  test('what was kept before stays as it was.', async () => {
    const { tokens, keyring } = await signedInSeat();
    keyring.mood = 'locked';
    expect(await tokens.keep(PROVIDER, madeUpTokens(2, { account: 'other' }))).toEqual({
      ok: false,
      why: 'locked',
    });
    keyring.mood = 'usual';
    expect(tokens.known()).toMatchObject([{ account: 'petra@northwind.example' }]);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
  });

  test.each(['busy', 'unavailable'] as const)('as the lock is %s, nothing is stored.', async (locks) => {
    const { tokens, keyring } = tokenSeat({ locks });
    expect(await tokens.keep(PROVIDER, madeUpTokens(1))).toEqual({ ok: false, why: 'busy' });
    expect(keyring.items()).toEqual([]);
  });
});

describe('The note', () => {
  test('of a sign-in that never came about goes when its token is asked for.', async () => {
    const before = await signedInSeat();
    const { tokens, notes } = tokenSeat({ notes: before.notes.texts });
    expect(tokens.known()).toHaveLength(1);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('not-signed-in');
    expect([tokens.known(), parseOrganisationNotes(notes.texts.organisations ?? null)]).toEqual([[], []]);
  });

  test.each(['', '{', '[]', '{"schemaVersion":0,"organisations":[]}', 'null'])(
    'that is not one (%j) tells nothing, and is rebuilt by the next renewal.',
    async (text) => {
      const { tokens, notes, clock } = await signedInSeat();
      notes.write('organisations', text);
      expect(tokens.known()).toEqual([]);
      expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
      clock.advance(2 * HOUR);
      await tokens.fresh(PROVIDER);
      expect(tokens.known()).toMatchObject([{ provider: 'northwind', state: 'signed-in' }]);
    },
  );

  test.each([undefined, null, 'x', {}, { issuer: 'https://a.example' }, { issuer: 1, clientId: 'one' }])(
    'of an earlier version is read as it is, whatever is configured (%j).',
    async (signedInFor) => {
      const { tokens, notes } = await signedInSeat();
      const [note] = parseOrganisationNotes(notes.texts.organisations ?? null);
      const text = JSON.stringify({ schemaVersion: 1, organisations: [{ ...note, signedInFor }] });
      notes.write('organisations', text);
      const anew = { ...PROVIDER, issuer: 'https://elsewhere.example' };
      expect(noteOfProvider(anew, tokens.known())?.state).toBe('signed-in');
    },
  );

  test('tells a changed entry by what it knows, where it is not known whom the token is for.', async () => {
    const { tokens, notes } = await signedInSeat();
    const [note] = parseOrganisationNotes(notes.texts.organisations ?? null);
    const signedInFor = { issuer: PROVIDER.issuer, clientId: PROVIDER.clientId };
    notes.write(
      'organisations',
      JSON.stringify({ schemaVersion: 1, organisations: [{ ...note, signedInFor }] }),
    );
    const stateOf = (more: object) => noteOfProvider({ ...PROVIDER, ...more }, tokens.known())?.state;
    expect(stateOf({ resource: 'https://gateway.example' })).toBe('signed-in');
    expect(stateOf({ clientId: 'other' })).toBe('entry-changed');
  });

  test('of one provider does not touch those of others.', async () => {
    const { tokens } = await signedInSeat();
    const other = { ...PROVIDER, name: 'contoso', issuer: 'https://id.contoso.example' };
    await tokens.keep(other, madeUpTokens(3));
    expect(tokens.known().map(({ provider }) => provider)).toEqual(['northwind', 'contoso']);
    await tokens.signOut(PROVIDER, false);
    expect(tokens.known().map(({ provider }) => provider)).toEqual(['contoso']);
    expect(tokenIn(await tokens.fresh(other))).toBe('made-up-access-3');
  });
});

test('No answer but the token itself has anything secret in it.', async () => {
  const seat = await signedInSeat(refusing('invalid-grant'));
  const { tokens, clock, notes } = seat;
  const said: unknown[] = [tokens.known()];
  clock.advance(2 * HOUR);
  const all: readonly ((tokens: OrganisationTokens) => Promise<unknown>)[] = [
    (own) => own.fresh(PROVIDER),
    (own) => own.keep(PROVIDER, madeUpTokens(2)),
    (own) => own.signOut(PROVIDER, false),
  ];
  for (const run of all) said.push(await run(tokens), tokens.known(), { ...notes.texts });
  expect(JSON.stringify(said)).not.toMatch(/made-up-(access|refresh)/);
});
