/**
 * A real identity provider (oidc-provider) on 127.0.0.1, for tests and for the demo. Plain JavaScript, so that Node 20 starts it too.
 *
 *     const lab = await startProvider({ ttl: { accessToken: 60 } });
 *     // configure { issuer: lab.issuer, clientId: lab.clientId, scopes: ['openid', 'offline_access'] }
 *     const callback = await lab.signIn(authorizationUrl);             // the person, without a browser
 *     await lab.approveDevice(userCode);                               // the same with a device code
 *     lab.counts().token, lab.counts().grants['refresh_token']         // how often it was asked
 *     await lab.isStillGood(token)                                     // asks the provider itself
 *     await lab.close();
 *
 * Its client is public, has to use PKCE, and may come back to any port and path on a loopback address. Refresh tokens are given
 * without being asked for, are good once, and using one twice ends the whole grant. `faultProxy` stands in front of it.
 */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import * as oidcProvider from 'oidc-provider';
import { userWithoutBrowser } from './user-without-browser.mjs';
import { keptRecords } from './kept-records.mjs';
import {
  consentPage,
  deviceConfirmPage,
  deviceDonePage,
  devicePage,
  loginPage,
  troublePage,
} from './provider-pages.mjs';

/**
 * @typedef {object} ProviderOptions
 * @property {number} [port] 0, one that is free, unless it is given
 * @property {string} [clientId]
 * @property {string} [clientName]
 * @property {readonly string[]} [redirectPaths] only these; any, unless it is given
 * @property {readonly string[]} [scopes] beside openid, offline_access, profile and email
 * @property {readonly string[]} [resources] resource indicators (RFC 8707) that it knows
 * @property {{ accessToken?: number, refreshToken?: number, code?: number, deviceCode?: number, idToken?: number }} [ttl] seconds
 * @property {boolean} [rotates] whether a refresh token is good once; it is, unless this is false
 * @property {boolean} [revocation]
 * @property {boolean} [deviceFlow]
 * @property {boolean} [refreshTokens] whether it gives any
 *
 * @typedef {object} Counts
 * @property {number} discovery
 * @property {number} authorization
 * @property {number} token every request to the token endpoint, whatever came of it
 * @property {number} revocation
 * @property {number} device
 * @property {Record<string, number>} grants requests to the token endpoint by grant type
 *
 * @typedef {object} Visit
 * @property {string} url as it was asked for, with the query; made-up secrets may be in it
 * @property {number} came milliseconds since 1970
 * @property {number | null} answered when the last of the answer was handed over; `null`: not yet
 *
 * @typedef {object} Lab
 * @property {string} issuer
 * @property {string} clientId
 * @property {() => Counts} counts
 * @property {() => readonly Visit[]} visits every request, in the order in which they came
 * @property {(authorizationUrl: string, answers?: import('./user-without-browser.mjs').Answers) => Promise<string>} signIn
 *   leads to the callback address, which is not visited
 * @property {(userCode: string, answers?: import('./user-without-browser.mjs').Answers) => Promise<void>} approveDevice
 * @property {(token: string) => Promise<boolean>} isStillGood whether the provider would take this access or refresh token now
 * @property {(token: string) => Promise<void>} forget makes it invalid, as an administrator would
 * @property {(issuer: string) => void} standBehind names itself as what stands in front of it does; `faultProxy` calls it
 * @property {() => Promise<void>} close
 */

/** @type {Readonly<Record<string, keyof Omit<Counts, 'grants'>>>} */
const COUNTED = {
  '/.well-known/openid-configuration': 'discovery',
  '/auth': 'authorization',
  '/token': 'token',
  '/token/revocation': 'revocation',
  '/device/auth': 'device',
};

/**
 * @param {ProviderOptions} [options]
 * @returns {Promise<Lab>}
 */
export async function startProvider(options = {}) {
  const server = createServer();
  await new Promise((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      resolve(undefined);
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The provider has no port.');
  const clientId = options.clientId ?? 'northwind-desktop';
  const op = new oidcProvider.Provider(
    `http://127.0.0.1:${String(address.port)}`,
    configuration(options, clientId),
  );
  // A proxy with TLS in front says so.
  op.proxy = true;
  allowLoopback(op, options.redirectPaths);

  /** @type {Counts} */
  const counts = { discovery: 0, authorization: 0, token: 0, revocation: 0, device: 0, grants: {} };
  op.use(async (plain, next) => {
    const context = /** @type {import('oidc-provider').KoaContextWithOIDC} */ (plain);
    const counted = COUNTED[context.path];
    if (counted !== undefined) counts[counted] += 1;
    if (await answerInteraction(op, context)) return;
    await next();
    const oidc = /** @type {Partial<typeof context>} */ (context).oidc;
    const type = oidc?.route === 'token' ? oidc.params?.['grant_type'] : undefined;
    if (typeof type === 'string') counts.grants[type] = (counts.grants[type] ?? 0) + 1;
  });
  const handle = op.callback();
  /** @type {Visit[]} */
  const visits = [];
  server.on('request', (request, response) => {
    /** @type {Visit} */
    const visit = { url: new URL(request.url ?? '', op.issuer).href, came: Date.now(), answered: null };
    visits.push(visit);
    response.on('finish', () => {
      visit.answered = Date.now();
    });
    void handle(request, response);
  });

  /** @param {string} token */
  const find = async (token) => (await op.AccessToken.find(token)) ?? (await op.RefreshToken.find(token));
  return {
    get issuer() {
      return op.issuer;
    },
    clientId,
    counts: () => structuredClone(counts),
    visits: () => structuredClone(visits),
    signIn: (url, answers) => userWithoutBrowser().signIn(url, answers),
    approveDevice: (userCode, answers) =>
      userWithoutBrowser().approveDevice(`${op.issuer}/device`, userCode, answers),
    isStillGood: async (token) => {
      const found = await find(token);
      if (found === undefined || found.isExpired || ('consumed' in found && found.consumed !== undefined))
        return false;
      return found.grantId !== undefined && (await op.Grant.find(found.grantId)) !== undefined;
    },
    forget: async (token) => {
      await (await find(token))?.destroy();
    },
    standBehind: (issuer) => {
      Object.assign(op, { issuer });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/**
 * @param {ProviderOptions} options
 * @param {string} clientId
 * @returns {import('oidc-provider').Configuration}
 */
function configuration(options, clientId) {
  const { ttl = {}, resources = [] } = options;
  const scopes = ['openid', 'offline_access', ...(options.scopes ?? ['gateway'])];
  return {
    adapter: keptRecords(),
    clients: [
      {
        client_id: clientId,
        client_name: options.clientName ?? 'Credence',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/callback'],
        id_token_signed_response_alg: 'ES256',
        response_types: ['code'],
        grant_types: [
          'authorization_code',
          'refresh_token',
          ...(options.deviceFlow === false ? [] : ['urn:ietf:params:oauth:grant-type:device_code']),
        ],
      },
    ],
    scopes,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username', 'name'] },
    // The account's name comes with the ID token then.
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${id}@northwind.example`,
        email_verified: true,
        preferred_username: id,
        name: id,
      }),
    }),
    pkce: { required: () => true },
    rotateRefreshToken: options.rotates ?? true,
    issueRefreshToken: (_, client) =>
      Promise.resolve((options.refreshTokens ?? true) && client.grantTypeAllowed('refresh_token')),
    ttl: {
      AccessToken: ttl.accessToken ?? 3600,
      AuthorizationCode: ttl.code ?? 60,
      DeviceCode: ttl.deviceCode ?? 600,
      IdToken: ttl.idToken ?? 3600,
      RefreshToken: ttl.refreshToken ?? 86_400,
      Grant: 86_400,
      Interaction: 3600,
      Session: 86_400,
    },
    jwks: { keys: [signingKey()] },
    cookies: { keys: ['made up'] },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    renderError: (context, out) => {
      context.type = 'html';
      context.body = troublePage(out.error);
    },
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: options.revocation ?? true,
        allowedPolicy: (_, client, token) => Promise.resolve(token.clientId === client.clientId),
      },
      deviceFlow: {
        enabled: options.deviceFlow ?? true,
        userCodeInputSource: (context, form, _out, error) => {
          context.body = devicePage(form, error !== undefined);
        },
        userCodeConfirmSource: (context, form, client, _info, code) => {
          context.body = deviceConfirmPage(form, client.clientName ?? client.clientId, code);
        },
        successSource: (context) => {
          context.body = deviceDonePage();
        },
      },
      resourceIndicators: {
        enabled: resources.length > 0,
        defaultResource: () => [],
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => {
          if (!resources.includes(resource)) throw new oidcProvider.errors.InvalidTarget();
          return {
            scope: scopes.join(' '),
            accessTokenFormat: 'opaque',
            accessTokenTTL: ttl.accessToken ?? 3600,
          };
        },
      },
    },
  };
}

/** @returns {import('oidc-provider').JWK} */
function signingKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return /** @type {import('oidc-provider').JWK} */ ({
    ...privateKey.export({ format: 'jwk' }),
    kid: 'made-up',
    use: 'sig',
    alg: 'ES256',
  });
}

/**
 * oidc-provider lets the port of a native client vary, as it has to (RFC 8252); a lab has no path that is registered.
 *
 * @param {import('oidc-provider').Provider} op
 * @param {readonly string[] | undefined} paths
 */
function allowLoopback(op, paths) {
  op.Client.prototype.redirectUriAllowed = (/** @type {string} */ uri) => {
    if (!URL.canParse(uri)) return false;
    const { protocol, hostname, pathname } = new URL(uri);
    const isHere = protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]');
    return isHere && (paths === undefined || paths.includes(pathname));
  };
}

/**
 * The pages between the provider's own: who are you, and may it.
 *
 * @param {import('oidc-provider').Provider} op
 * @param {import('oidc-provider').KoaContextWithOIDC} context
 * @returns {Promise<boolean>} whether this was one of them
 */
async function answerInteraction(op, context) {
  if (!context.path.startsWith('/interaction/')) return false;
  const { prompt, params, session, grantId } = await op.interactionDetails(context.req, context.res);
  context.set('cache-control', 'no-store');
  if (context.method === 'GET') {
    const client = await op.Client.find(String(params['client_id']));
    context.type = 'html';
    context.body =
      prompt.name === 'login'
        ? loginPage(context.path)
        : consentPage(context.path, client?.clientName ?? '', String(params['scope']).split(' '));
    return true;
  }
  const form = await formOf(context.req);
  if (form.get('answer') !== 'yes') {
    await op.interactionFinished(context.req, context.res, { error: 'access_denied' });
  } else if (prompt.name === 'login') {
    const accountId = form.get('account') ?? '';
    await op.interactionFinished(context.req, context.res, { login: { accountId } });
  } else {
    const grant =
      (grantId === undefined ? undefined : await op.Grant.find(grantId)) ??
      new op.Grant({ accountId: session?.accountId, clientId: String(params['client_id']) });
    const withheld = form.getAll('withhold');
    allowMissing(grant, prompt.details, withheld);
    await op.interactionFinished(context.req, context.res, { consent: { grantId: await grant.save() } });
  }
  context.respond = false;
  return true;
}

/**
 * @param {InstanceType<import('oidc-provider').Provider['Grant']>} grant
 * @param {import('oidc-provider').PromptDetail['details']} details
 * @param {readonly string[]} withheld
 */
function allowMissing(grant, details, withheld) {
  /** @param {unknown} scopes */
  const split = (scopes) => {
    const all = Array.isArray(scopes) ? scopes.map(String) : [];
    return {
      given: all.filter((scope) => !withheld.includes(scope)).join(' '),
      not: all.filter((scope) => withheld.includes(scope)).join(' '),
    };
  };
  const { given, not } = split(details['missingOIDCScope']);
  if (given !== '') grant.addOIDCScope(given);
  if (not !== '') grant.rejectOIDCScope(not);
  for (const [resource, scopes] of Object.entries(details['missingResourceScopes'] ?? {})) {
    const ofResource = split(scopes);
    if (ofResource.given !== '') grant.addResourceScope(resource, ofResource.given);
    if (ofResource.not !== '') grant.rejectResourceScope(resource, ofResource.not);
  }
}

/** @param {import('node:http').IncomingMessage} request */
async function formOf(request) {
  /** @type {Buffer[]} */
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
