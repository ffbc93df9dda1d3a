/**
 * Stands between a client and the lab’s provider, and does what networks and servers do. The provider takes over its address as
 * issuer, so to the client the proxy is the provider.
 *
 *     const proxy = await faultProxy(lab);
 *     const stop = proxy.when({ path: '/token', grant: 'refresh_token', times: 1 }, { do: 'reset-after' });
 *     proxy.requests()      // every request that came, with what was done to it
 *     await proxy.close();  // leaves the provider running
 */
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

/**
 * @typedef {object} When
 * @property {string} [path] of the request; any, unless it is given
 * @property {string} [method]
 * @property {string} [grant] of a request to the token endpoint
 * @property {number} [times] for how many requests; for all, unless it is given
 *
 * @typedef {(
 *   | { do: 'reset-before' }
 *   | { do: 'reset-after' }
 *   | { do: 'delay', ms: number }
 *   | { do: 'half-body' }
 *   | { do: 'silence' }
 *   | { do: 'answer', status: number, headers?: Record<string, string>, body?: string }
 *   | { do: 'flood', bytes: number, status?: number, headers?: Record<string, string> }
 *   | { do: 'rewrite', body?: (text: string) => string, headers?: (headers: Record<string, string>) => Record<string, string>, status?: number }
 * )} Fault
 *   `reset-before`: the request does not reach the provider. `reset-after`: it does, and the answer is lost. `half-body`: so is half of
 *   the answer. `silence`: it takes the request and says nothing. `rewrite`: what the provider says is changed on the way.
 *
 * @typedef {object} Seen
 * @property {string} method
 * @property {string} path
 * @property {string | undefined} grant
 * @property {Fault['do'] | 'pass'} done
 * @property {string} body as it came; made-up secrets are in it
 *
 * @typedef {object} FaultProxy
 * @property {string} url what the provider’s issuer is now
 * @property {(when: When, fault: Fault) => () => void} when later rules come first; gives what ends the rule
 * @property {() => readonly Seen[]} requests
 * @property {() => number} bytesWritten of all floods so far
 * @property {() => void} forget all rules and requests
 * @property {() => Promise<void>} close
 */

/**
 * @param {{ issuer: string, standBehind: (issuer: string) => void }} provider
 * @param {{ tls?: { key: string, cert: string }, host?: string, port?: number }} [options] with `tls` it speaks https
 * @returns {Promise<FaultProxy>}
 */
export async function faultProxy(provider, options = {}) {
  const target = new URL(provider.issuer);
  const { tls, host = '127.0.0.1' } = options;
  /** @type {{ when: When, fault: Fault, left: number }[]} */
  let rules = [];
  /** @type {Seen[]} */
  let seen = [];
  let flooded = 0;

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  const answer = async (request, response) => {
    const body = await bodyOf(request);
    const path = new URL(request.url ?? '/', 'http://any').pathname;
    const method = request.method ?? 'GET';
    const grant = new URLSearchParams(body).get('grant_type') ?? undefined;
    const rule = rules.find(
      ({ when, left }) =>
        left > 0 &&
        (when.path ?? path) === path &&
        (when.method ?? method) === method &&
        (when.grant ?? grant) === grant,
    );
    if (rule !== undefined) rule.left -= 1;
    const fault = rule?.fault;
    seen.push({ method, path, grant, done: fault?.do ?? 'pass', body });
    if (fault?.do === 'reset-before') return void request.socket.destroy();
    if (fault?.do === 'silence') return;
    if (fault?.do === 'answer') {
      const headers = { 'content-type': 'application/json', ...fault.headers };
      return void response.writeHead(fault.status, headers).end(fault.body);
    }
    if (fault?.do === 'flood') {
      const headers = { 'content-type': 'application/json', ...fault.headers };
      response.writeHead(fault.status ?? 200, headers);
      await flood(response, fault.bytes, (bytes) => (flooded += bytes));
      return;
    }
    if (fault?.do === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    const upstream = await forward(target, request, body, tls !== undefined);
    if (fault?.do === 'reset-after') return void request.socket.destroy();
    const change = fault?.do === 'rewrite' ? fault : undefined;
    const text = change?.body === undefined ? upstream.text : change.body(upstream.text);
    const headers = change?.headers === undefined ? upstream.headers : change.headers(upstream.headers);
    response.writeHead(change?.status ?? upstream.status, {
      ...headers,
      ...(upstream.cookies.length === 0 ? {} : { 'set-cookie': upstream.cookies }),
      'content-length': String(Buffer.byteLength(text)),
    });
    if (fault?.do !== 'half-body') return void response.end(text);
    response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
  };

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  const listener = (request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  await new Promise((resolve) => {
    server.listen(options.port ?? 0, host, () => {
      resolve(undefined);
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  const shown = host.includes(':') ? `[${host}]` : host;
  const url = `${tls === undefined ? 'http' : 'https'}://${shown}:${String(address.port)}`;
  provider.standBehind(url);
  return {
    url,
    when: (when, fault) => {
      const rule = { when, fault, left: when.times ?? Infinity };
      rules.unshift(rule);
      return () => {
        rules = rules.filter((other) => other !== rule);
      };
    },
    requests: () => seen,
    bytesWritten: () => flooded,
    forget: () => {
      rules = [];
      seen = [];
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

const OF_THE_CONNECTION = ['connection', 'keep-alive', 'content-length', 'transfer-encoding'];

/** @param {import('node:http').IncomingMessage} message */
async function bodyOf(message) {
  /** @type {Buffer[]} */
  const chunks = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/**
 * @param {URL} target
 * @param {import('node:http').IncomingMessage} request
 * @param {string} body
 * @param {boolean} secure
 * @returns {Promise<{ status: number, headers: Record<string, string>, cookies: string[], text: string }>}
 */
function forward(target, request, body, secure) {
  return new Promise((resolve, reject) => {
    const upstream = httpRequest(
      new URL(request.url ?? '/', target),
      {
        method: request.method,
        agent: false,
        headers: {
          'x-forwarded-proto': secure ? 'https' : 'http',
          // One that stands in front of this one knows better.
          ...request.headers,
          connection: 'close',
          'content-length': String(Buffer.byteLength(body)),
        },
      },
      (response) => {
        bodyOf(response).then((text) => {
          /** @type {Record<string, string>} */
          const headers = {};
          for (const [name, value] of Object.entries(response.headers)) {
            if (typeof value === 'string' && !OF_THE_CONNECTION.includes(name)) headers[name] = value;
          }
          const cookies = response.headers['set-cookie'] ?? [];
          resolve({ status: response.statusCode ?? 0, headers, cookies, text });
        }, reject);
      },
    );
    upstream.on('error', reject);
    upstream.end(body);
  });
}

const CHUNK = Buffer.alloc(64 * 1024, ' ');

/**
 * White space, which JSON may have as much of as it likes, as fast as the client takes it.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {number} bytes
 * @param {(bytes: number) => void} onWritten
 */
async function flood(response, bytes, onWritten) {
  /** @type {Promise<false>} */
  const gone = new Promise((resolve) => {
    const end = () => {
      resolve(false);
    };
    response.on('close', end).on('error', end);
  });
  for (let left = bytes; left > 0; left -= CHUNK.length) {
    const written = new Promise((resolve) => {
      response.write(CHUNK, () => {
        resolve(true);
      });
    });
    if (!(await Promise.race([gone, written]))) return;
    onWritten(CHUNK.length);
  }
  response.end('{}');
}
