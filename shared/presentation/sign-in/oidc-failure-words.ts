import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import { durationPhrase } from '../durations.ts';

/** What happened, what it means, and what to do: each one or more sentences. */
export interface TroubleWords {
  readonly happened: string;
  readonly means: string;
  readonly do: string;
}

type Says = Omit<TroubleWords, 'means'> & { readonly means?: string };

/**
 * Why the provider of an organisation did not give what was asked for.
 *
 * @param means what follows from it, where the failure itself has nothing to say about that
 */
export function oidcFailureWords(failure: OidcFailure, provider: string, means: string): TroubleWords {
  return { means, ...WORDS[failure.code](provider, failure) };
}

const WORDS: Readonly<Record<OidcFailure['code'], (provider: string, failure: OidcFailure) => Says>> = {
  'no-connection': (provider) => ({
    happened: `The provider of ${provider} cannot be reached.`,
    do: 'Check the network, a VPN that your organisation may need, and the proxy (HTTPS_PROXY). Then try again.',
  }),
  'connection-lost': (provider) => ({
    happened: `The connection to the provider of ${provider} broke in the middle.`,
    do: 'Start again: what was sent is not sent twice.',
  }),
  'timed-out': (provider) => ({
    happened: `The provider of ${provider} did not answer in time.`,
    do: 'Try again in a moment.',
  }),
  'not-trusted': (provider) => ({
    happened: `The certificate of the provider of ${provider} is not trusted.`,
    means: 'Somebody may stand in between, so nothing was sent.',
    do: 'If your organisation has a certificate authority of its own, name its file in NODE_EXTRA_CA_CERTS. Else ask your administrator.',
  }),
  'wrong-issuer': (provider) => ({
    happened: `The provider of ${provider} calls itself by another address than the one that is configured.`,
    means: 'It may not be the provider that is meant, so nothing was sent.',
    do: 'Copy “issuer” from the provider’s own documentation, letter by letter: a slash at the end counts.',
  }),
  'bad-metadata': (provider) => ({
    happened: `What the provider of ${provider} says of itself cannot be used.`,
    do: 'Check “issuer”: below it lies “.well-known/openid-configuration”. Otherwise ask whoever runs the provider.',
  }),
  'too-large': (provider) => ({
    happened: `The provider of ${provider} sent more than any provider has to say.`,
    do: 'Check “issuer”, and ask whoever runs the provider.',
  }),
  'bad-answer': (provider, { status }) => ({
    happened: `The answer that came for ${provider} is none of a provider${statusOf(status)}.`,
    do: 'A proxy or a page that asks to log in to the network may have answered. Open any page in the browser, then try again.',
  }),
  'bad-callback': (provider) => ({
    happened: `What came back from the browser is not an answer of the provider of ${provider}.`,
    means: 'It may come from elsewhere, so it was not used.',
    do: 'Start the sign-in again.',
  }),
  'bad-id-token': (provider) => ({
    happened: `The identity that came with the token of ${provider} is not valid.`,
    means: 'It is not certain who signed in, so nothing was kept.',
    do: 'Check the clock of this machine, then try again. If it stays, ask whoever runs the provider.',
  }),
  denied: (provider) => ({
    happened: `The provider of ${provider} says no: it was declined on its page, or this account may not use it.`,
    do: 'Sign in with another account, or ask your administrator.',
  }),
  'invalid-grant': (provider) => ({
    happened: `The provider of ${provider} does not take the code any more.`,
    do: 'Start the sign-in again. If it stays, check “redirectPath” against what is registered with the provider.',
  }),
  'bad-client': (provider) => ({
    happened: `The provider of ${provider} does not know this client, or does not let it do this.`,
    do: 'Check “clientId” and “redirectPath”. It has to be registered as a native application, without a secret.',
  }),
  'bad-scope': (provider) => ({
    happened: `The provider of ${provider} does not give the scopes that are asked for.`,
    do: 'Check “scopes” and “resource”.',
  }),
  pending: (provider) => ({
    happened: `The provider of ${provider} still waits for the code to be typed.`,
    do: 'Type the code on its page.',
  }),
  'slow-down': (provider) => ({
    happened: `The provider of ${provider} was asked too often.`,
    do: 'Wait a moment, and start the sign-in again.',
  }),
  expired: (provider) => ({
    happened: `The code for ${provider} was not typed in time.`,
    do: 'Start the sign-in again: it brings a new code.',
  }),
  'try-later': (provider, { status, retryAfter }) => ({
    happened: `The provider of ${provider} cannot answer just now${statusOf(status)}.`,
    do:
      retryAfter === null || retryAfter <= 0
        ? 'Try again in a few minutes.'
        : `Try again in ${durationPhrase(Math.min(retryAfter, 86_400) * 1000, 'up')}.`,
  }),
  refused: (provider, { status }) => ({
    happened: `The provider of ${provider} refused the request${statusOf(status)}.`,
    do: '“credence providers --check NAME” tells what it offers. Otherwise ask whoever runs the provider.',
  }),
  'not-here': () => ({
    happened: 'This provider is Anthropic’s.',
    means: 'A Claude account logs in through Claude Code only, so Credence asks nothing there.',
    do: 'Run “credence login claude”.',
  }),
};

const statusOf = (status: number | null): string =>
  status === null ? '' : ` (HTTP status ${String(status)})`;
