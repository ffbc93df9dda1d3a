import type { OrganisationNote } from './organisation-sign-in.ts';

/** Milliseconds by which clocks differ; before that has passed too a token is still printed. */
const TOLERANCE = 5 * 60 * 1000;

/**
 * Whether there surely is no token for this sign-in any more, by what is noted of it: one that is still good is printed to its end,
 * also when the provider gives no further one.
 */
export function signInEnded(
  { state, renews, accessEndsAt }: Pick<OrganisationNote, 'state' | 'renews' | 'accessEndsAt'>,
  now: number,
): boolean {
  if (state === 'needs-sign-in') return accessEndsAt === null || accessEndsAt <= now;
  return !renews && accessEndsAt !== null && accessEndsAt + TOLERANCE <= now;
}
