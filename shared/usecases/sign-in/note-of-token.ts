import type { FailedTrial, NotedOrganisation } from '../../core/sign-in/organisation-notes.ts';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import { needsSignIn, type OrganisationToken } from '../keyring-services/organisation-token.ts';

/** What may be known of a token without the keychain. */
export function noteOfToken(
  token: OrganisationToken,
  { name, scopes }: OidcProvider,
  trial: FailedTrial | null,
): NotedOrganisation {
  const { lifetime, obtainedAt, scopes: granted, issuer, clientId, resource } = token;
  return {
    provider: name,
    account: token.account,
    signedInAt: token.signedInAt,
    accessEndsAt: lifetime === null ? null : obtainedAt + lifetime,
    renews: token.refreshToken !== null,
    missingScopes: granted === null ? [] : scopes.filter((scope) => !granted.includes(scope)),
    state: needsSignIn(token) ? 'needs-sign-in' : 'signed-in',
    trial,
    signedInFor: { issuer, clientId, resource },
  };
}
