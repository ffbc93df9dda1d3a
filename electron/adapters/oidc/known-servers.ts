import type { OidcProvider } from '../../../shared/core/sign-in/oidc-provider.ts';
import type { OidcAnswer } from '../../../shared/ports/oidc.ts';
import type { Exchange } from './bounded-exchange.ts';
import { failureOf } from './failure-of.ts';
import {
  isLoopbackIssuer,
  issuerTrouble,
  judgeMetadata,
  type ProviderMetadata,
} from './provider-metadata.ts';

export interface KnownServer {
  readonly metadata: ProviderMetadata;
  /** Seconds by which the provider’s clock is ahead of this one’s; 0: not told, or hardly. */
  readonly skew: number;
  /** When it was asked, milliseconds since 1970. */
  readonly at: number;
}

export interface KnownServers {
  /** Asks the provider what it offers, unless that is known; two who ask at once ask once. */
  find(provider: OidcProvider): Promise<OidcAnswer<KnownServer>>;
  forget(provider: OidcProvider): void;
  /** Before a new attempt: its page is worth a question, and so is the time of day. */
  forgetIfOld(provider: OidcProvider): void;
}

const OLD = 10 * 60 * 1000;

export function knownServers(exchanging: () => Exchange): KnownServers {
  const asked = new Map<string, { readonly at: number; readonly answer: Promise<OidcAnswer<KnownServer>> }>();
  const keyOf = ({ issuer, clientId }: OidcProvider): string => JSON.stringify([issuer, clientId]);
  return {
    find: (provider) => {
      const key = keyOf(provider);
      const known = asked.get(key);
      if (known !== undefined) return known.answer;
      const answer = ask(provider, exchanging());
      const entry = { at: Date.now(), answer };
      asked.set(key, entry);
      void answer.then(({ ok }) => {
        if (!ok && asked.get(key) === entry) asked.delete(key);
      });
      return answer;
    },
    forget: (provider) => {
      asked.delete(keyOf(provider));
    },
    forgetIfOld: (provider) => {
      const key = keyOf(provider);
      const age = Date.now() - (asked.get(key)?.at ?? 0);
      if (age > OLD || age < 0) asked.delete(key);
    },
  };
}

async function ask({ issuer, clientId }: OidcProvider, exchange: Exchange): Promise<OidcAnswer<KnownServer>> {
  const trouble = issuerTrouble(issuer, clientId);
  if (trouble !== null) return { ok: false, failure: { code: trouble, status: null, retryAfter: null } };
  try {
    const client = await import('./openid-client.ts');
    const found = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
      [client.customFetch]: exchange.fetch,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; only for an address of this machine
      execute: isLoopbackIssuer(issuer) ? [client.allowInsecureRequests] : [],
    });
    const told = exchange.last();
    const metadata = judgeMetadata(issuer, { ...found.serverMetadata() });
    if (typeof metadata === 'string') {
      return { ok: false, failure: { code: metadata, status: told?.status ?? null, retryAfter: null } };
    }
    const now = Date.now();
    return { ok: true, value: { metadata, at: now, skew: skewOf(told?.serverTime ?? null, now) } };
  } catch (error) {
    return {
      ok: false,
      failure: failureOf(exchange, isOtherIssuer(error) ? 'wrong-issuer' : 'bad-metadata'),
    };
  }
}

/** openid-client’s own code for it. */
function isOtherIssuer(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';
}

/** Less than this is the time that an answer takes. */
const HARDLY = 60;

function skewOf(serverTime: number | null, now: number): number {
  const skew = serverTime === null ? 0 : Math.round((serverTime - now) / 1000);
  return Math.abs(skew) < HARDLY ? 0 : skew;
}
