import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A provider that says what a test wants, right or wrong; for what a real one would never do. */
export interface ScriptedProvider {
  readonly issuer: string;
  /** What it says of itself, unless a test says otherwise. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** From now on; an object is sent as JSON. */
  answer(path: string, answer: ScriptedAnswer): void;
  /** How often each path was asked for. */
  asked(path: string): number;
  /** Forgets all answers and counts. */
  reset(): void;
  close(): Promise<void>;
}

export type ScriptedAnswer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly json?: unknown;
      readonly text?: string;
    }
  | ((response: ServerResponse) => void);

export const METADATA_PATH = '/.well-known/openid-configuration';

export async function scriptedProvider(tls?: {
  readonly key: string;
  readonly cert: string;
}): Promise<ScriptedProvider> {
  const answers = new Map<string, ScriptedAnswer>();
  const asked = new Map<string, number>();
  const listener: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://any');
    asked.set(pathname, (asked.get(pathname) ?? 0) + 1);
    const answer =
      answers.get(pathname) ?? (pathname === METADATA_PATH ? { json: metadata } : { status: 404 });
    request.resume();
    request.on('end', () => {
      if (typeof answer === 'function') {
        answer(response);
        return;
      }
      const { status = 200, headers = {}, json, text } = answer;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(text ?? JSON.stringify(json ?? {}));
    });
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const issuer = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    revocation_endpoint: `${issuer}/revoke`,
    device_authorization_endpoint: `${issuer}/device`,
    authorization_response_iss_parameter_supported: true,
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
  };
  return {
    issuer,
    metadata,
    answer: (path, answer) => {
      answers.set(path, answer);
    },
    asked: (path) => asked.get(path) ?? 0,
    reset: () => {
      answers.clear();
      asked.clear();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
