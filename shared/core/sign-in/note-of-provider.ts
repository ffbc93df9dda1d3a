import type { OidcProvider } from './oidc-provider.ts';
import type { OrganisationNote, SignedInFor } from './organisation-sign-in.ts';

/** What is noted of this provider, seen from how it is configured now; `null`: nobody is signed in. */
export function noteOfProvider(
  provider: OidcProvider,
  known: readonly OrganisationNote[],
): OrganisationNote | null {
  const note = known.find((one) => one.provider === provider.name) ?? null;
  const changed = note?.signedInFor !== undefined && !isFor(note.signedInFor, provider);
  return changed ? { ...note, state: 'entry-changed' } : note;
}

/** Whether it is from this provider, as it is configured now, for what it is configured for. */
export function isFor(
  given: SignedInFor,
  { issuer, clientId, resource }: Pick<OidcProvider, 'issuer' | 'clientId' | 'resource'>,
): boolean {
  if (given.issuer !== issuer || given.clientId !== clientId) return false;
  return given.resource === undefined || given.resource === resource;
}
