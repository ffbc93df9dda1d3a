import { noteOfProvider } from '../../core/sign-in/note-of-provider.ts';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type {
  OrganisationNote,
  OrganisationSignInState,
  SignInFailure,
} from '../../core/sign-in/organisation-sign-in.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { OidcAnswer, OidcServer } from '../../ports/oidc.ts';
import type { SignOutAnswer } from '../../usecases/sign-in/organisation-tokens.ts';
import type { ProvidersBook } from '../../usecases/sign-in/read-providers.ts';
import { isDate } from '../days.ts';
import { SCHEMA_VERSION, type Json } from '../status-json.ts';
import { oidcFailureWords } from './oidc-failure-words.ts';
import { signInFailureWords, signOutWords } from './organisation-words.ts';
import { FLAW_SENTENCES } from './provider-flaw-words.ts';
import { checkLines } from './providers-text.ts';

/** `credence providers --json`. Fields are a contract: add, never rename. */
export function providersJson({ providers, files }: ProvidersBook, known: readonly OrganisationNote[]): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    providers: providers.map((provider) => ({
      ...providerJson(provider),
      signIn: signInJson(noteOfProvider(provider, known) ?? undefined),
    })),
    files: files.map(({ from, path, state, flaws }) => ({
      from,
      path,
      state,
      flaws: flaws.map((flaw) => ({ ...flaw, message: FLAW_SENTENCES[flaw.code] })),
    })),
  };
}

function providerJson(provider: OidcProvider): Readonly<Record<string, Json>> {
  return { ...provider, scopes: [...provider.scopes] };
}

function signInJson(note: OrganisationNote | undefined): Json {
  if (note === undefined) return null;
  const { account, signedInAt, accessEndsAt, renews, missingScopes, state } = note;
  return {
    state,
    account,
    signedInAt: timeJson(signedInAt),
    accessEndsAt: timeJson(accessEndsAt),
    renews,
    missingScopes: [...missingScopes],
  };
}

const timeJson = (time: number | null): string | null => (isDate(time) ? new Date(time).toISOString() : null);

/** `credence providers --check NAME --json`. */
export function providerCheckJson(provider: OidcProvider, answer: OidcAnswer<OidcServer>): Json {
  const lines = answer.ok ? checkLines(provider, answer.value) : [];
  return {
    schemaVersion: SCHEMA_VERSION,
    check: {
      provider: provider.name,
      issuer: provider.issuer,
      ok: answer.ok && lines.every(({ mark }) => mark !== '✗'),
      server: answer.ok ? { ...answer.value } : null,
      failure: answer.ok
        ? null
        : failureJson(answer.failure, oidcFailureWords(answer.failure, provider.name, '').happened),
      findings: lines.map(({ mark, text }) => ({
        state: mark === '✓' ? 'good' : mark === '▲' ? 'note' : 'bad',
        message: text,
      })),
    },
  };
}

/** `credence providers --add`, `--remove`. */
export function providersChangedJson(kind: 'added' | 'removed', name: string, path: string | null): Json {
  return { schemaVersion: SCHEMA_VERSION, changed: { kind, name, path } };
}

function failureJson({ code, status, retryAfter }: OidcFailure, message: string): Json {
  return { code, status, retryAfter, message };
}

/** `credence login --provider NAME --json`, when it is over. */
export function signedInJson({ provider, step }: OrganisationSignInState): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'organisation',
    provider,
    outcome: step.at === 'done' ? 'signed-in' : step.at === 'cancelled' ? 'cancelled' : 'failed',
    signIn: signInJson(step.at === 'done' ? step.note : undefined),
    failure: step.at === 'failed' ? signInFailureJson(step.why, provider) : null,
  };
}

function signInFailureJson(why: SignInFailure, provider: string): Json {
  const { happened } = signInFailureWords(why, provider);
  if (why.code === 'oidc') return failureJson(why.failure, happened);
  // The provider’s own silence has the other name.
  const code = why.code === 'timed-out' ? 'not-in-time' : why.code;
  return { code, ...('why' in why ? { trouble: why.why } : {}), message: happened };
}

/** `credence logout --provider NAME --json`. @param helpers see `helpersJson` */
export function signedOutJson(provider: string, answer: SignOutAnswer, helpers: Json): Json {
  const { happened } = signOutWords(answer, provider);
  const { why } = answer.ok ? { why: null } : answer;
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'organisation',
    provider,
    outcome: answer.ok ? 'signed-out' : answer.why.code === 'not-signed-in' ? 'not-signed-in' : 'failed',
    revoked: answer.ok ? answer.revoked : null,
    helpers,
    failure:
      why === null || why.code === 'not-signed-in'
        ? null
        : {
            code: why.code,
            ...('failure' in why ? { status: why.failure.status, reason: why.failure.code } : {}),
            ...('trouble' in why ? { trouble: why.trouble } : {}),
            message: happened,
          },
  };
}
