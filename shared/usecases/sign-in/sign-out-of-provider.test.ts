import { describe, expect, test } from 'vitest';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { Oidc } from '../../ports/oidc.ts';
import { oidcFailure } from '../../testing/memory-oidc.ts';
import { PROVIDER, signedInSeat } from '../../testing/token-seat.ts';
import { organisationItem } from '../keyring-services/organisation-token.ts';

describe('Signing out', () => {
  const AT = 'at https://login.northwind.example';

  test('revokes the refresh token, then the access token, and then deletes.', async () => {
    const { tokens, calls, keyring } = await signedInSeat();
    expect(await tokens.signOut(PROVIDER, false)).toEqual({ ok: true, revoked: 'revoked' });
    expect(calls).toEqual([`revoke refresh made-up-refresh-1 ${AT}`, `revoke access made-up-access-1 ${AT}`]);
    expect([keyring.items(), tokens.known()]).toEqual([[], []]);
    expect(await tokens.signOut(PROVIDER, false)).toEqual({ ok: false, why: { code: 'not-signed-in' } });
  });

  test('goes to whoever gave the token, though the provider is configured anew.', async () => {
    const { tokens, calls } = await signedInSeat();
    await tokens.signOut({ ...PROVIDER, issuer: 'https://elsewhere.example' }, false);
    expect(calls[0]).toBe(`revoke refresh made-up-refresh-1 ${AT}`);
  });

  const none = (code: OidcFailure['code']): Partial<Oidc> => ({
    revoke: () => Promise.resolve(oidcFailure(code, 503)),
  });

  test.each(['no-connection', 'try-later', 'timed-out', 'refused', 'bad-client'] as const)(
    'without success (%s) deletes nothing unless it is to, and says what became of it.',
    async (code) => {
      const { tokens, kept } = await signedInSeat({ oidc: none(code) });
      expect(await tokens.signOut(PROVIDER, false)).toMatchObject({
        ok: false,
        why: { code: 'not-revoked', failure: { code } },
      });
      expect([(await kept())?.refreshToken, tokens.known().length]).toEqual(['made-up-refresh-1', 1]);
      expect(await tokens.signOut(PROVIDER, true)).toEqual({ ok: true, revoked: 'failed' });
      expect([await kept(), tokens.known()]).toEqual([null, []]);
    },
  );

  test('where the provider has no such endpoint says so, and deletes.', async () => {
    const oidc = { revoke: () => Promise.resolve({ ok: true, value: 'not-offered' } as const) };
    const { tokens, kept } = await signedInSeat({ oidc });
    expect(await tokens.signOut(PROVIDER, false)).toEqual({ ok: true, revoked: 'not-offered' });
    expect(await kept()).toBe(null);
  });

  test('where only refresh tokens can be revoked is done with that.', async () => {
    const oidc: Partial<Oidc> = {
      revoke: (_, __, kind) =>
        Promise.resolve(kind === 'access' ? oidcFailure('refused', 400) : { ok: true, value: 'revoked' }),
    };
    const { tokens } = await signedInSeat({ oidc });
    expect(await tokens.signOut(PROVIDER, false)).toEqual({ ok: true, revoked: 'revoked' });
  });

  test.each(['locked', 'unreachable', 'denied'] as const)(
    'with a keychain that is %s tells nobody and deletes nothing, not even anyway.',
    async (mood) => {
      const { tokens, keyring, calls, kept } = await signedInSeat();
      keyring.mood = mood;
      expect(await tokens.signOut(PROVIDER, true)).toMatchObject({ ok: false, why: { code: 'keychain' } });
      expect(calls).toEqual([]);
      expect([await kept(), tokens.known()]).toMatchObject([{ refreshToken: 'made-up-refresh-1' }, [{}]]);
    },
  );

  test('of a token that is not renewed revokes the access token alone.', async () => {
    const { tokens, calls } = await signedInSeat({}, { refreshToken: null });
    expect(await tokens.signOut(PROVIDER, false)).toEqual({ ok: true, revoked: 'revoked' });
    expect(calls).toEqual([`revoke access made-up-access-1 ${AT}`]);
  });

  test('with a keychain that deletes nothing says so, and it stays noted who is signed in.', async () => {
    const { tokens, keyring, kept } = await signedInSeat();
    keyring.remove = () => Promise.resolve({ state: 'denied' });
    expect(await tokens.signOut(PROVIDER, false)).toEqual({
      ok: false,
      why: { code: 'keychain', trouble: 'denied' },
    });
    expect([await kept(), tokens.known()]).toMatchObject([{ refreshToken: 'made-up-refresh-1' }, [{}]]);
  });

  test('of what is not whole deletes it only anyway.', async () => {
    const { tokens, keyring } = await signedInSeat();
    await keyring.set(organisationItem('northwind'), 'nonsense');
    expect(await tokens.signOut(PROVIDER, false)).toEqual({
      ok: false,
      why: { code: 'keychain', trouble: 'damaged' },
    });
    expect(await tokens.signOut(PROVIDER, true)).toEqual({ ok: true, revoked: 'nothing-to-revoke' });
    expect([keyring.items(), tokens.known()]).toEqual([[], []]);
  });

  test.each(['busy', 'unavailable'] as const)('while the lock is %s does nothing.', async (locks) => {
    const { tokens, calls, setLocks } = await signedInSeat();
    setLocks(locks);
    expect([await tokens.signOut(PROVIDER, true), calls]).toEqual([{ ok: false, why: { code: 'busy' } }, []]);
  });
});
