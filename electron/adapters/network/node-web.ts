import type { LookupFunction } from 'node:net';
import * as tls from 'node:tls';
import type { EnvHttpProxyAgent } from 'undici';
import type { Web, WebAnswer, WebRequest } from '../../../shared/ports/web.ts';

export interface Connections {
  /** The user’s own, for the proxy: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in either case. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Certificates, as PEM text, that are trusted beside those of the system, of Node, and of `NODE_EXTRA_CA_CERTS`. */
  readonly trusted?: readonly string[];
}

/**
 * One request, without what a browser or a library would add to it: nothing is followed, asked again, kept or read. What a key is
 * sent to has to show a certificate that is trusted, or be on this machine.
 */
export function nodeWeb(connections: Connections): Web {
  return {
    head: async (request) => {
      const address = addressOf(request.url);
      if (address === null) return { state: 'bad-address' };
      try {
        return await ask(connections, address, request);
      } catch {
        // The library is not there.
        return { state: 'no-connection' };
      }
    },
  };
}

/** `null`: a key must not go there. */
function addressOf(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return null;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)) ? url : null;
}

/** A URL parser has already made one spelling of the many that an address has. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

async function ask(connections: Connections, url: URL, request: WebRequest): Promise<WebAnswer> {
  const undici = await import('undici');
  const ended = new AbortController();
  const timer = setTimeout(() => {
    ended.abort();
  }, request.deadline);
  let dispatcher: EnvHttpProxyAgent | null = null;
  try {
    dispatcher = new undici.EnvHttpProxyAgent(agentOptions(connections, url, request.deadline));
    const answer = await undici.request(url, {
      method: 'GET',
      headers: request.headers,
      dispatcher,
      signal: ended.signal,
    });
    answer.body.on('error', () => undefined).destroy();
    return { state: 'answered', status: answer.statusCode };
  } catch (error) {
    return { state: ended.signal.aborted || isTimeout(error) ? 'timed-out' : troubleOf(error) };
  } finally {
    clearTimeout(timer);
    dispatcher?.destroy().catch(() => undefined);
  }
}

function agentOptions(
  { variables, trusted }: Connections,
  url: URL,
  deadline: number,
): ConstructorParameters<typeof EnvHttpProxyAgent>[0] {
  const ca = trustedCertificates(trusted);
  const connect = {
    timeout: deadline,
    ...(ca === null ? {} : { ca: [...ca] }),
    ...(url.hostname === 'localhost' ? { lookup: loopbackOnly } : {}),
  };
  // In clear a key stays on this machine, so no proxy gets to see it. Nothing given would mean this process’s own environment.
  const proxy = (name: string): string =>
    url.protocol === 'http:' ? '' : (variables[name] ?? variables[name.toUpperCase()] ?? '');
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

function isTimeout(error: unknown): boolean {
  return codesOf(error).some((code) => /^UND_ERR_\w+_TIMEOUT$|^ETIMEDOUT$/.test(code));
}

/** Node has no common mark for a certificate that it does not take. */
const NOT_TRUSTED =
  /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECRYPT|DECODE)|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED/;

function troubleOf(error: unknown): 'not-trusted' | 'no-connection' {
  return codesOf(error).some((code) => NOT_TRUSTED.test(code)) ? 'not-trusted' : 'no-connection';
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
