import type { OidcProvider } from '../core/sign-in/oidc-provider.ts';

/** A made-up organisation’s provider, as configured. */
export function northwind(more: Partial<OidcProvider> = {}): OidcProvider {
  return {
    name: 'northwind',
    issuer: 'https://login.northwind.example',
    clientId: 'northwind-desktop',
    scopes: ['openid', 'email'],
    resource: null,
    redirectPath: '/callback',
    deviceFlow: true,
    baseUrl: null,
    header: 'authorization',
    from: 'user',
    ...more,
  };
}
