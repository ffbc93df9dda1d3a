import type { OrganisationNote } from '../../core/sign-in/organisation-sign-in.ts';

/** Why not all of Credence’s own data is gone: what names a token in the keychain stays, or nobody would find that again. */
export function whyOwnDataStays(signedIn: readonly OrganisationNote[]): string {
  if (signedIn.length === 0) return 'Something in Credence’s own folder could not be removed.';
  const names = signedIn.map(({ provider }) => provider).join(', ');
  return `You are signed in to ${names}, and the token is in your keychain. Sign out first; then remove the rest.`;
}
