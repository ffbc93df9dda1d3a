import type { LookupFunction } from 'node:net';
import * as tls from 'node:tls';
import type { EnvHttpProxyAgent } from 'undici';

export interface Connections {
  /** The user’s own, for the proxy: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in either case. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Certificates, as PEM text, that are trusted beside those of the system, of Node, and of `NODE_EXTRA_CA_CERTS`. */
  readonly trusted?: readonly string[];
}

/**
 * How one request to `url` connects: through the user’s proxy or not, and whom it trusts. For one request only: a connection that was
 * kept may be closed by the other side just when something is sent over it, and nobody knows then whether it arrived.
 *
 * @param deadline milliseconds to connect, and to the headers of the answer
 */
export function agentOptions(
  connections: Connections,
  url: URL,
  deadline: number,
): NonNullable<ConstructorParameters<typeof EnvHttpProxyAgent>[0]> {
  const { variables } = connections;
  const secure = url.protocol === 'https:';
  const context = secure ? trustOf(connections) : null;
  const connect = {
    timeout: deadline,
    ...(context === null ? {} : { secureContext: context }),
    ...(url.hostname === 'localhost' ? { lookup: loopbackOnly } : {}),
  };
  // In clear a secret stays on this machine, so no proxy gets to see it. Nothing given would mean this process’s own environment.
  const proxy = (name: string): string =>
    secure ? (variables[name] ?? variables[name.toUpperCase()] ?? '') : '';
  return {
    httpProxy: proxy('http_proxy'),
    httpsProxy: proxy('https_proxy'),
    noProxy: variables['no_proxy'] ?? variables['NO_PROXY'] ?? '',
    connect,
    requestTls: connect,
    proxyTls: connect,
    headersTimeout: deadline,
    pipelining: 0,
  };
}

/** Ahead of the first request, since it takes a while. */
export function loadTrust(connections: Connections): void {
  trustOf(connections);
}

/** Parsing some hundred certificates takes longer than most requests; so once for all connections of a process. */
const contexts = new WeakMap<Connections, tls.SecureContext | null>();

function trustOf(connections: Connections): tls.SecureContext | null {
  const known = contexts.get(connections);
  if (known !== undefined) return known;
  const ca = trustedCertificates(connections.trusted);
  const context = ca === null ? null : tls.createSecureContext({ ca: [...ca] });
  contexts.set(connections, context);
  return context;
}

/** `null`: what Node trusts by itself, which `NODE_EXTRA_CA_CERTS` is a part of, is all that can be named. */
function trustedCertificates(more: readonly string[] = []): readonly string[] | null {
  // From Node 22.15 and 23.10 on.
  const certificates = (tls as Partial<typeof tls>).getCACertificates;
  if (certificates === undefined) return more.length === 0 ? null : [...tls.rootCertificates, ...more];
  return [...new Set([...certificates('default'), ...certificates('system'), ...more])];
}

/** Whatever a name service says of it. */
const loopbackOnly: LookupFunction = (_, options, callback) => {
  const all = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  if (options.all === true) callback(null, all);
  else callback(null, '127.0.0.1', 4);
};

/** Whether a request ended because something took too long. */
export function isTimeout(error: unknown): boolean {
  return codesOf(error).some((code) => /^UND_ERR_\w+_TIMEOUT$|^ETIMEDOUT$/.test(code));
}

/** Node has no common mark for a certificate that it does not take. */
const NOT_TRUSTED =
  /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECRYPT|DECODE)|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED/;

/** Whether a request ended because the other side could not show who it is. Nothing was sent then. */
export function isNotTrusted(error: unknown): boolean {
  return codesOf(error).some((code) => NOT_TRUSTED.test(code));
}

function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && depth < 5; depth++) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    at = at.cause;
  }
  return codes;
}
