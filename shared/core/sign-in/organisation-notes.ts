import type { OidcFailure } from './oidc-failure.ts';
import { OIDC_FAILURES } from './oidc-failure.ts';
import type { OrganisationNote, SignedInFor } from './organisation-sign-in.ts';

/** What is noted of one sign-in, for all processes of this user. Not secret. */
export interface NotedOrganisation extends OrganisationNote {
  /** The last renewal that did not come about; `null`: the last one did. */
  readonly trial: FailedTrial | null;
}

export interface FailedTrial {
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  readonly failure: OidcFailure;
}

const VERSION = 1;
/** What a date can be at most; a larger number is none. */
const LONGEST_TIME = 8.64e15;

/** A note that is no such note tells nothing, as if it were not there; the next that is written is whole again. */
export function parseOrganisationNotes(text: string | null): readonly NotedOrganisation[] {
  const { schemaVersion, organisations } = objectIn(parsed(text));
  if (schemaVersion !== VERSION || !Array.isArray(organisations)) return [];
  const notes = organisations.flatMap((value: unknown) => {
    const note = noteIn(objectIn(value));
    return note === null ? [] : [note];
  });
  return [...new Map(notes.map((note) => [note.provider, note])).values()];
}

/** Whether a later version of this program wrote them: what they say is not for this one to tell, nor to write anew. */
export function areOfLaterVersion(text: string | null): boolean {
  const { schemaVersion } = objectIn(parsed(text));
  return typeof schemaVersion === 'number' && schemaVersion > VERSION;
}

export function organisationNotesText(notes: readonly NotedOrganisation[]): string {
  return `${JSON.stringify({ schemaVersion: VERSION, organisations: notes }, undefined, 2)}\n`;
}

function noteIn(value: Readonly<Record<string, unknown>>): NotedOrganisation | null {
  const { provider, account, signedInAt, accessEndsAt, renews, missingScopes, state, trial, signedInFor } =
    value;
  if (typeof provider !== 'string' || !isTime(signedInAt)) return null;
  if (state !== 'signed-in' && state !== 'needs-sign-in') return null;
  const given = signedInForIn(objectIn(signedInFor));
  return {
    provider,
    account: typeof account === 'string' ? account : null,
    signedInAt,
    accessEndsAt: isTime(accessEndsAt) ? accessEndsAt : null,
    renews: renews === true,
    missingScopes: Array.isArray(missingScopes)
      ? missingScopes.filter((scope): scope is string => typeof scope === 'string')
      : [],
    state,
    trial: trialIn(objectIn(trial)),
    ...(given === null ? {} : { signedInFor: given }),
  };
}

function signedInForIn(value: Readonly<Record<string, unknown>>): SignedInFor | null {
  const { issuer, clientId, resource } = value;
  if (typeof issuer !== 'string' || typeof clientId !== 'string') return null;
  return {
    issuer,
    clientId,
    resource: typeof resource === 'string' || resource === null ? resource : undefined,
  };
}

function trialIn({ endedAt, failure }: Readonly<Record<string, unknown>>): FailedTrial | null {
  const { code, status, retryAfter } = objectIn(failure);
  const known = OIDC_FAILURES.find((name) => name === code);
  if (!isTime(endedAt) || known === undefined) return null;
  return {
    endedAt,
    failure: {
      code: known,
      status: isTime(status) ? status : null,
      retryAfter: isTime(retryAfter) ? retryAfter : null,
    },
  };
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LONGEST_TIME;
}
