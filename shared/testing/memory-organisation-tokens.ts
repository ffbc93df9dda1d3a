import type { KeepTrouble, OrganisationNote } from '../core/sign-in/organisation-sign-in.ts';
import type { OidcTokens } from '../ports/oidc.ts';
import type { OrganisationTokens, SignOutAnswer } from '../usecases/sign-in/organisation-tokens.ts';

export interface MemoryOrganisationTokens extends OrganisationTokens {
  /** By provider, in the order in which they came. */
  readonly kept: ReadonlyMap<string, readonly OidcTokens[]>;
}

/** Tokens in memory. */
export function memoryOrganisationTokens(
  options: {
    readonly now?: () => number;
    /** Nothing can be kept. */
    readonly trouble?: KeepTrouble;
    /** That is seen before. */
    readonly closed?: KeepTrouble;
    readonly signOut?: SignOutAnswer;
    readonly notes?: readonly OrganisationNote[];
  } = {},
): MemoryOrganisationTokens {
  const { now = () => 0, trouble, signOut = { ok: true, revoked: 'revoked' } } = options;
  const kept = new Map<string, readonly OidcTokens[]>();
  const notes = new Map((options.notes ?? []).map((note) => [note.provider, note]));
  return {
    kept,
    look: () => Promise.resolve({ trouble: options.closed ?? null, there: undefined }),
    keep: (provider, tokens) => {
      if (trouble !== undefined) return Promise.resolve({ ok: false, why: trouble });
      const at = now();
      const note: OrganisationNote = {
        provider: provider.name,
        account: tokens.account,
        signedInAt: at,
        accessEndsAt: tokens.expiresIn === null ? null : at + tokens.expiresIn * 1000,
        renews: tokens.refreshToken !== null,
        missingScopes: provider.scopes.filter((scope) => tokens.scopes?.includes(scope) === false),
        state: 'signed-in',
      };
      kept.set(provider.name, [...(kept.get(provider.name) ?? []), tokens]);
      notes.set(provider.name, note);
      return Promise.resolve({ ok: true, note });
    },
    fresh: ({ name }) => {
      const note = notes.get(name);
      const tokens = kept.get(name)?.at(-1);
      return Promise.resolve(
        note === undefined || tokens === undefined
          ? { ok: false, why: { code: 'not-signed-in' } }
          : { ok: true, accessToken: tokens.accessToken, note },
      );
    },
    signOut: ({ name }) => {
      if (signOut.ok && !notes.has(name))
        return Promise.resolve({ ok: false, why: { code: 'not-signed-in' } });
      if (signOut.ok) {
        notes.delete(name);
        kept.delete(name);
      }
      return Promise.resolve(signOut);
    },
    known: () => [...notes.values()],
  };
}
