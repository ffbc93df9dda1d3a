import { isAnthropicHost } from '../../../shared/core/sign-in/anthropic-hosts.ts';
import type { OidcProvider } from '../../../shared/core/sign-in/oidc-provider.ts';
import type { OidcFailure } from '../../../shared/core/sign-in/oidc-failure.ts';
import type {
  Oidc,
  OidcAnswer,
  OidcAttempt,
  OidcDevice,
  OidcServer,
  OidcTokens,
} from '../../../shared/ports/oidc.ts';
import { loadTrust, type Connections } from '../network/connections.ts';
import { boundedExchange, LIMITS, type Exchange, type Limits, type Reading } from './bounded-exchange.ts';
import { readCallback } from './callback-query.ts';
import { failureOf, failureOfCallback } from './failure-of.ts';
import { knownServers, type KnownServer } from './known-servers.ts';
import type * as OpenidClient from './openid-client.ts';
import { deviceAddress, readDevice, tokenReading, tokensOf, type TokenReading } from './provider-answers.ts';
import { isLoopbackIssuer } from './provider-metadata.ts';

type Client = typeof OpenidClient;

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** Seconds by which two clocks may differ, beside what the provider’s own tells. */
const TOLERANCE = 300;

/**
 * OpenID Connect by openid-client, which is loaded when it is first needed. A public client: it has no secret. What openid-client
 * throws quotes servers and requests, so none of it leaves; why something failed is told by what came over the wire.
 */
export function openidOidc(connections: Connections, limits: Limits = LIMITS): Oidc {
  const exchanging = (reading: Reading): Exchange => boundedExchange(connections, limits, reading);
  const servers = knownServers(() => exchanging(nothing));
  /** The states of attempts that came back. A state is good for one answer. */
  const answered = new Set<string>();

  /** Runs one step with a provider that is known, with openid-client set up for it. */
  const step = async <Value>(
    provider: OidcProvider,
    { reading, otherwise, device }: Step,
    run: (client: Client, at: Place) => Promise<Value>,
  ): Promise<OidcAnswer<Value>> => {
    const server = await servers.find(provider);
    if (!server.ok) return server;
    const exchange = exchanging(reading);
    try {
      const client = await import('./openid-client.ts');
      const configuration = configure(client, provider, server.value, exchange);
      return { ok: true, value: await run(client, { configuration, exchange, server: server.value }) };
    } catch (error) {
      const failure = error instanceof Told ? error.failure : failureOf(exchange, otherwise, device);
      // What it offers may be at another place by now.
      if (['no-connection', 'not-trusted', 'bad-answer'].includes(failure.code)) servers.forget(provider);
      return { ok: false, failure };
    }
  };

  return {
    warm: async () => {
      await import('./openid-client.ts');
      await breath();
      await import('undici');
      await breath();
      loadTrust(connections);
    },

    discover: async (provider) => {
      const server = await servers.find(provider);
      return server.ok ? { ok: true, value: offerOf(server.value) } : server;
    },

    begin: async (provider, redirectUri) => {
      servers.forgetIfOld(provider);
      return step(provider, { reading: nothing, otherwise: 'refused' }, async (client, { configuration }) => {
        const nonce = provider.scopes.includes('openid') ? client.randomNonce() : null;
        const attempt = {
          provider,
          state: client.randomState(),
          // Whatever the provider says of its methods: one that does not look at the challenge loses nothing by it.
          codeVerifier: client.randomPKCECodeVerifier(),
          nonce,
          redirectUri: new URL(redirectUri).href,
        };
        const address = client.buildAuthorizationUrl(configuration, {
          redirect_uri: attempt.redirectUri,
          ...asked(provider),
          state: attempt.state,
          ...(nonce === null ? {} : { nonce }),
          code_challenge: await client.calculatePKCECodeChallenge(attempt.codeVerifier),
          code_challenge_method: 'S256',
        });
        return { ...attempt, authorizationUrl: address.href };
      });
    },

    finish: (attempt, query) => {
      const { provider, nonce } = attempt;
      const answer = tokenReading(nonce !== null);
      return step(provider, { reading: answer.read, otherwise: 'bad-id-token' }, async (client, at) => {
        const { issuer, authorization_response_iss_parameter_supported: required } = at.server.metadata;
        const came = readCallback(query, attempt.state, { name: issuer, required });
        if (came === null || answered.has(attempt.state)) throw told('bad-callback');
        answered.add(attempt.state);
        if ('error' in came) throw new Told(failureOfCallback(came.error));
        const tokens = await client.authorizationCodeGrant(
          at.configuration,
          callbackAddress(attempt, came.code, issuer),
          {
            pkceCodeVerifier: attempt.codeVerifier,
            expectedState: attempt.state,
            ...(nonce === null ? {} : { expectedNonce: nonce, idTokenExpected: true }),
          },
          resourceOf(provider),
        );
        return granted(tokens, provider, at, answer);
      });
    },

    beginDevice: (provider) =>
      step(provider, { reading: readDevice, otherwise: 'bad-answer' }, async (client, at) => {
        if (at.server.metadata.device_authorization_endpoint === undefined) throw told('refused');
        const device = await client.initiateDeviceAuthorization(at.configuration, asked(provider));
        return deviceOf(provider, device);
      }),

    askDevice: ({ provider, deviceCode }) => {
      const answer = tokenReading(provider.scopes.includes('openid'));
      const how: Step = { reading: answer.read, otherwise: 'bad-id-token', device: 'device' };
      return step(provider, how, async (client, at) => {
        const question = { device_code: deviceCode, ...resourceOf(provider) };
        const tokens = await client.genericGrantRequest(at.configuration, DEVICE_GRANT, question);
        return granted(tokens, provider, at, answer);
      });
    },

    refresh: (provider, refreshToken) => {
      // A new ID token says nothing that is used, and the refresh token that comes beside it must not be lost because of it.
      const answer = tokenReading(false);
      return step(provider, { reading: answer.read, otherwise: 'bad-answer' }, async (client, at) => {
        const tokens = await client.refreshTokenGrant(at.configuration, refreshToken, resourceOf(provider));
        return granted(tokens, provider, at, answer);
      });
    },

    revoke: (provider, token, kind) =>
      step(provider, { reading: (json) => json, otherwise: 'bad-answer' }, async (client, at) => {
        if (at.server.metadata.revocation_endpoint === undefined) return 'not-offered';
        await client.tokenRevocation(at.configuration, token, { token_type_hint: `${kind}_token` });
        return 'revoked';
      }),
  };
}

/** Whoever waits for this process gets a turn. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Step {
  readonly reading: Reading;
  readonly otherwise: OidcFailure['code'];
  readonly device?: 'device';
}

interface Place {
  readonly configuration: InstanceType<Client['Configuration']>;
  readonly exchange: Exchange;
  readonly server: KnownServer;
}

/** A failure that is known without a look at the wire. */
class Told extends Error {
  readonly failure: OidcFailure;
  constructor(failure: OidcFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

const told = (code: OidcFailure['code']): Told => new Told({ code, status: null, retryAfter: null });

/** Of a step that sends nothing. */
const nothing: Reading = () => null;

function configure(
  client: Client,
  { clientId, issuer }: OidcProvider,
  { metadata, skew }: KnownServer,
  exchange: Exchange,
): Place['configuration'] {
  const { id_token_signing_alg_values_supported: algorithms, ...more } = metadata;
  const server = {
    ...more,
    ...(algorithms === undefined ? {} : { id_token_signing_alg_values_supported: [...algorithms] }),
    // How it is asked does not depend on what it says of this.
    code_challenge_methods_supported: ['S256'],
  };
  const clocks = { [client.clockSkew]: skew, [client.clockTolerance]: TOLERANCE };
  const configuration = new client.Configuration(server, clientId, clocks, client.None());
  configuration[client.customFetch] = exchange.fetch;
  // By itself it trusts the connection and does not look at signatures.
  client.enableNonRepudiationChecks(configuration);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; the metadata were judged before
  if (isLoopbackIssuer(issuer)) client.allowInsecureRequests(configuration);
  return configuration;
}

function asked(provider: OidcProvider): Record<string, string> {
  return {
    ...(provider.scopes.length === 0 ? {} : { scope: provider.scopes.join(' ') }),
    ...resourceOf(provider),
  };
}

function resourceOf({ resource }: OidcProvider): Record<string, string> {
  return resource === null ? {} : { resource };
}

/** The callback as openid-client reads it, of nothing but what was judged. */
function callbackAddress({ redirectUri, state }: OidcAttempt, code: string, issuer: string): URL {
  const address = new URL(redirectUri);
  address.search = new URLSearchParams({ code, state, iss: issuer }).toString();
  return address;
}

function granted(
  tokens: Awaited<ReturnType<Client['authorizationCodeGrant']>>,
  { scopes }: OidcProvider,
  { exchange }: Place,
  { unknown }: TokenReading,
): OidcTokens {
  const { access_token, refresh_token, expires_in, scope } = tokens;
  const judged = { access_token, refresh_token, expires_in, scope, claims: () => tokens.claims() };
  return tokensOf(judged, scopes, exchange.sent()?.serverTime ?? null, unknown());
}

function deviceOf(
  provider: OidcProvider,
  device: Awaited<ReturnType<Client['initiateDeviceAuthorization']>>,
): OidcDevice {
  const inClear = isLoopbackIssuer(provider.issuer);
  const page = deviceAddress(device.verification_uri, inClear);
  if (page === null) throw told('bad-answer');
  if (isAnthropicHost(page.hostname)) throw told('not-here');
  const complete = deviceAddress(device.verification_uri_complete ?? '', inClear);
  return {
    provider,
    deviceCode: device.device_code,
    userCode: device.user_code,
    verificationUri: page.href,
    // Another page than the one that is shown would be one that nobody has seen.
    verificationUriComplete: complete?.host === page.host ? complete.href : null,
    expiresIn: device.expires_in,
    interval: device.interval ?? 5,
  };
}

function offerOf({ metadata }: KnownServer): OidcServer {
  return {
    issuer: metadata.issuer,
    host: new URL(metadata.authorization_endpoint).host,
    offersDevice: metadata.device_authorization_endpoint !== undefined,
    offersRevocation: metadata.revocation_endpoint !== undefined,
    offersS256: metadata.code_challenge_methods_supported?.includes('S256') ?? null,
    tellsIssuer: metadata.authorization_response_iss_parameter_supported,
  };
}
