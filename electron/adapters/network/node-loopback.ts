import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type {
  LandingPage,
  Loopback,
  LoopbackRequest,
  LoopbackServer,
} from '../../../shared/ports/loopback.ts';
import { keepConnectionsFew } from './few-connections.ts';
import { LANDING_HEADERS, landingPage } from './landing-page.ts';
import { judgeRequest, type Served } from './loopback-request.ts';

/** A literal: what a name leads to is up to others, and an address of the other family may be somebody else’s socket. */
const ADDRESS = '127.0.0.1';

export interface LoopbackLimits {
  /** How many may be connected. */
  readonly connections: number;
  /** How long the head of a request may take, from the connection on, and all of a request: milliseconds. */
  readonly head: number;
  readonly request: number;
  /** How long `close` waits for the browser to fetch the page that it was promised: milliseconds. */
  readonly grace: number;
}

const LIMITS: LoopbackLimits = {
  // Twice as many as are taken up at once, so that none is sent away before it was heard.
  connections: 1_024,
  // The browser is on this machine. Node’s own are one minute and five.
  head: 5_000,
  request: 10_000,
  grace: 700,
};

/** In bytes. Cookies of whatever else runs on this address come along, on any port; a code may have some thousand characters. */
const HEADERS = 64 * 1024;

/** Whether somebody who may not answer for this user is behind a connection. */
export type IsStranger = (socket: Socket) => boolean;

/** On Node’s own HTTP server: what comes in is parsed by nothing else. */
export function nodeLoopback(isStranger: IsStranger, limits: LoopbackLimits = LIMITS): Loopback {
  return {
    listen: async (request) => {
      const server = createServer({
        maxHeaderSize: HEADERS,
        headersTimeout: limits.head,
        requestTimeout: limits.request,
        // By itself it looks twice a minute.
        connectionsCheckingInterval: Math.min(limits.head, 1_000),
        insecureHTTPParser: false,
      });
      const port = await listening(server);
      return port === null ? null : serve(server, port, request, isStranger, limits);
    },
  };
}

/** On a port that the system chooses, and on this very socket from then on; `null`: none could be had. */
function listening(server: Server): Promise<number | null> {
  return new Promise((resolve) => {
    server.on('error', () => {
      resolve(null);
    });
    server.listen(0, ADDRESS, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * A query that is accepted is answered at once, with a redirect to a path that holds nothing; there the browser waits for the
 * exchange. So whatever becomes of it, the code stands in no address bar, no history and no referrer.
 */
function serve(
  server: Server,
  port: number,
  request: LoopbackRequest,
  isStranger: IsStranger,
  limits: LoopbackLimits,
): LoopbackServer {
  const authority = `${ADDRESS}:${String(port)}`;
  const mark = randomBytes(16).toString('base64url');
  const paths = { landing: `/done/${mark}`, notThis: `/other/${mark}`, already: `/again/${mark}` };
  const served: Served = { authority, callbackPath: request.path, pagePaths: Object.values(paths) };
  const html = { notThis: landingPage(request.pages.notThis), already: landingPage(request.pages.already) };
  const connections = keepConnectionsFew(server, limits.connections);
  const spoken = new WeakSet<Socket>();
  const shown = deferred();
  let landing: Promise<LandingPage | null> | null = null;
  let turnedAway = 0;
  let closing: Promise<void> | null = null;

  const takes = (query: string, from: Socket): boolean => {
    try {
      // Who reads the command line of the browser knows the attempt, and could answer it with an account of his own.
      return request.accepts(query) && !isStranger(from);
    } catch {
      return false;
    }
  };

  /** Where the browser goes from the callback. */
  const comesBack = (query: string, from: Socket): string => {
    if (takes(query, from)) {
      if (landing === null && closing === null) {
        landing = settled(() => request.onCallback(query));
        return paths.landing;
      }
      turnedAway += 1;
      return paths.already;
    }
    turnedAway += 1;
    return paths.notThis;
  };

  const show = async (path: string, response: ServerResponse): Promise<void> => {
    if (path === paths.notThis) {
      answer(response, 400, html.notThis);
    } else if (path === paths.already) {
      answer(response, 200, html.already);
    } else if (landing === null) {
      // Nobody was sent there yet.
      turnedAway += 1;
      answer(response, 404);
    } else {
      connections.hold(response.socket);
      const page = await landing;
      response.on('finish', shown.settle);
      if (page === null) answer(response, 500);
      else answer(response, 200, landingPage(page));
    }
  };

  server.on('request', (asked: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => undefined);
    // What is sent behind a first request has not waited for its answer, as a browser would.
    const judged = spoken.has(asked.socket) ? BEHIND : judgeRequest(asked, served);
    spoken.add(asked.socket);
    switch (judged.is) {
      case 'callback':
        answer(response, 303, '', { location: comesBack(judged.query, asked.socket) });
        return;
      case 'page':
        void show(judged.path, response);
        return;
      case 'nothing':
        turnedAway += 1;
        answer(response, judged.status, '', judged.status === 405 ? { allow: 'GET' } : {});
    }
  });
  server.on('checkExpectation', (_: IncomingMessage, response: ServerResponse) => {
    turnedAway += 1;
    answer(response, 417);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code?.startsWith('HPE_') === true) turnedAway += 1;
    refuse(error, socket);
  });

  const close = async (): Promise<void> => {
    if (landing !== null) await Promise.race([shown.promise, after(limits.grace)]);
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      // What was answered in this turn is written by the next.
      setImmediate(connections.end);
    });
  };

  return {
    port,
    redirectUri: `http://${authority}${request.path}`,
    turnedAway: () => turnedAway,
    close: () => (closing ??= close()),
  };
}

const BEHIND = { is: 'nothing', status: 400 } as const;

function answer(
  response: ServerResponse,
  status: number,
  html = '',
  more: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(html);
  response.writeHead(status, {
    ...LANDING_HEADERS,
    ...more,
    ...(html === '' ? {} : { 'content-type': 'text/html; charset=utf-8' }),
    'content-length': body.length,
    connection: 'close',
  });
  response.end(body);
}

/** For what is no request. Who has only been silent for too long hears nothing, or would take it for an answer later on. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  const isSilence = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' || error.code === 'ECONNRESET';
  if (isSilence || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`, () => {
    socket.destroy();
  });
}

/** `null` instead of an error, whenever it is thrown. */
async function settled<Value>(act: () => Promise<Value>): Promise<Value | null> {
  try {
    return await act();
  } catch {
    return null;
  }
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function deferred(): { readonly promise: Promise<void>; readonly settle: () => void } {
  let settle = (): void => undefined;
  const promise = new Promise<void>((resolve) => (settle = resolve));
  return {
    promise,
    settle: () => {
      settle();
    },
  };
}
