import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { OrganisationToken } from '../keyring-services/organisation-token.ts';
import type { NotedOrganisations } from './noted-organisations.ts';
import type { SignOutAnswer } from './organisation-tokens.ts';
import type { TokenPorts } from './token-ports.ts';
import { tokenStore } from './token-store.ts';

/**
 * Revokes, then deletes. Only to be called under the provider’s lock: a renewal under way would put a new token in place of the one
 * that was given up.
 */
export async function signOutOfProvider(
  provider: OidcProvider,
  anyway: boolean,
  ports: TokenPorts,
  noted: NotedOrganisations,
): Promise<SignOutAnswer> {
  const store = tokenStore(provider.name, ports);
  const reading = await store.read();
  if (reading.state === 'none') {
    await noted.drop(provider.name);
    return failed({ code: 'not-signed-in' });
  }
  // What cannot be read cannot be revoked, but it can be deleted.
  const isUnread =
    reading.state === 'trouble' && (reading.trouble === 'damaged' || reading.trouble === 'later-version');
  if (reading.state === 'trouble' && !(anyway && isUnread))
    return failed({ code: 'keychain', trouble: reading.trouble });
  const revoked =
    reading.state === 'kept' ? await revoke(reading.token, provider, ports) : ('nothing-to-revoke' as const);
  if (typeof revoked !== 'string' && !anyway) return failed({ code: 'not-revoked', failure: revoked });
  const trouble = await store.remove();
  if (trouble !== null) return failed({ code: 'keychain', trouble });
  // Last: as long as something is in the keychain the index names it.
  await noted.drop(provider.name);
  return { ok: true, revoked: typeof revoked === 'string' ? revoked : 'failed' };
}

/** The refresh token first, since it is what makes new ones (RFC 7009, 2.1). */
async function revoke(
  token: OrganisationToken,
  provider: OidcProvider,
  { oidc }: TokenPorts,
): Promise<'revoked' | 'not-offered' | OidcFailure> {
  // To whom it is from: the provider of that name may be configured anew.
  const from = { ...provider, issuer: token.issuer, clientId: token.clientId };
  const { refreshToken } = token;
  const refresh = refreshToken === null ? null : await oidc.revoke(from, refreshToken, 'refresh');
  if (refresh?.ok === false) return refresh.failure;
  if (refresh?.value === 'not-offered') return 'not-offered';
  const access = await oidc.revoke(from, token.accessToken, 'access');
  if (access.ok) return refresh === null ? access.value : 'revoked';
  // Many providers revoke refresh tokens only; what is left ends by itself, and soon.
  return refresh !== null && access.failure.code === 'refused' ? 'revoked' : access.failure;
}

function failed(why: Extract<SignOutAnswer, { readonly ok: false }>['why']): SignOutAnswer {
  return { ok: false, why };
}
