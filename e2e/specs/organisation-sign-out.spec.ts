/** Signing out of an organisation: the provider is told first, then what is kept here is deleted. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { organisationItem } from '../../shared/usecases/keyring-services/organisation-token.ts';
import { PROVIDERS } from '../provider/lay-providers.ts';
import { signInLabs } from '../provider/sign-in-lab.ts';
import { publishedAnswer } from '../schema/published-answer.ts';
import { onLinux } from '../support/on-system.ts';
import { NAME, tokenLabs } from '../tokens/token-lab.ts';

describe.runIf(onLinux)('credence logout --provider', () => {
  const at = signInLabs();

  test('signs out: the token is revoked and gone.', async () => {
    await at().signedIn();
    const { stdout } = await at().token();
    const logout = at().start(['logout', '--provider', 'lab', '--json']);
    expect(await logout.ended).toMatchObject({ exitCode: 0 });
    expect(publishedAnswer('logout', logout.stdout())).toMatchObject({
      outcome: 'signed-out',
      revoked: 'revoked',
      failure: null,
    });
    expect(await at().lab.isStillGood(stdout.trim())).toBe(false);
    expect((await at().token()).exitCode).toBe(1);
    const again = at().start(['logout', '--provider', 'lab', '--json']);
    expect(await again.ended).toMatchObject({ exitCode: 0 });
    expect(publishedAnswer('logout', again.stdout())).toMatchObject({ outcome: 'not-signed-in' });
  });

  test('keeps the token where it cannot be revoked, and deletes it anyway when told to.', async () => {
    await at().signedIn();
    await at().lab.close();
    const logout = at().start(['logout', '--provider', 'lab', '--json']);
    expect(await logout.ended).toMatchObject({ exitCode: 4 });
    expect(publishedAnswer('logout', logout.stdout())).toMatchObject({
      outcome: 'failed',
      failure: { code: 'not-revoked' },
    });
    expect((await at().token()).exitCode).toBe(0);
    const anyway = at().start(['logout', '--provider', 'lab', '--anyway', '--json']);
    expect(await anyway.ended).toMatchObject({ exitCode: 0 });
    expect(publishedAnswer('logout', anyway.stdout())).toMatchObject({
      outcome: 'signed-out',
      revoked: 'failed',
    });
    expect((await at().token()).exitCode).toBe(1);
  });

  test('removes no provider that somebody is signed in to.', async () => {
    await at().signedIn();
    const file = path.join(at().session.home, PROVIDERS);
    const before = readFileSync(file, 'utf8');
    const remove = at().start(['providers', '--remove', 'lab']);
    expect(await remove.ended).toMatchObject({ exitCode: 4 });
    expect(remove.said()).toContain('credence logout --provider lab');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

describe.runIf(onLinux)('Signing out', () => {
  const lab = tokenLabs();

  test('ends the tokens at the provider, and deletes them here.', async () => {
    const { accessToken, refreshToken } = await lab().kept();
    expect(await lab().tokens.signOut(lab().configured, false)).toEqual({ ok: true, revoked: 'revoked' });
    expect(await lab().provider.isStillGood(accessToken)).toBe(false);
    expect(await lab().provider.isStillGood(refreshToken ?? '')).toBe(false);
    expect(await lab().keyring.get(organisationItem(NAME))).toEqual({ state: 'absent' });
    expect(await lab().ask()).toMatchObject({ stdout: '', exitCode: 1 });
    const revoked = lab()
      .proxy.requests()
      .filter(({ path: asked }) => asked === '/token/revocation');
    expect(revoked.map(({ body }) => new URLSearchParams(body).get('token_type_hint'))).toEqual([
      'refresh_token',
      'access_token',
    ]);
  });

  test('from a provider that cannot be told deletes nothing unless it is to.', async () => {
    const before = await lab().kept();
    lab().proxy.when({ path: '/token/revocation' }, { do: 'answer', status: 503 });
    expect(await lab().tokens.signOut(lab().configured, false)).toMatchObject({
      ok: false,
      why: { code: 'not-revoked' },
    });
    expect(await lab().kept()).toEqual(before);
    expect(await lab().tokens.signOut(lab().configured, true)).toEqual({ ok: true, revoked: 'failed' });
    expect(await lab().keyring.get(organisationItem(NAME))).toEqual({ state: 'absent' });
  });
});
