import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect } from 'vitest';
import { nodeLoopback } from '../../electron/adapters/network/node-loopback.ts';
import type { Loopback, LoopbackRequest, LoopbackServer } from '../../shared/ports/loopback.ts';
import { CONTRACT_PAGES } from '../../shared/testing/loopback-contract.ts';

export const RIGHT = 'code=made-up-code&state=right';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request as a plain program makes it; a redirect is an answer. Rejects where nothing listens. */
export function ask(
  port: number,
  target: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      { host: '127.0.0.1', port, path: target, method, headers, agent: false },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (body += chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
        });
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

/** As `ask`, and follows the redirect of a callback. */
export async function come(port: number, target: string): Promise<Answer> {
  const first = await ask(port, target);
  return first.headers.location === undefined ? first : ask(port, first.headers.location);
}

export const titleOf = (body: string): string | null => /<title>(.*?)<\/title>/.exec(body)?.[1] ?? null;

/** An attempt, and what became of it. */
export interface Attempt {
  readonly server: LoopbackServer;
  /** Queries that were handed on. */
  readonly taken: readonly string[];
  /** Queries that were asked about. */
  readonly asked: readonly string[];
}

/** Attempts of one test file, closed after each test; nothing that goes on in them may escape to the process. */
export function attempts(
  loopback: Loopback = nodeLoopback(() => false),
): (own?: Partial<LoopbackRequest>) => Promise<Attempt> {
  const opened: LoopbackServer[] = [];
  const escaped: unknown[] = [];
  const note = (error: unknown): void => {
    escaped.push(error);
  };
  beforeEach(() => {
    process.on('uncaughtException', note);
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((server) => server.close()));
    process.off('uncaughtException', note);
    process.off('unhandledRejection', note);
    expect(escaped.splice(0)).toEqual([]);
  });
  return async (own = {}) => {
    const taken: string[] = [];
    const asked: string[] = [];
    const server = await loopback.listen({
      path: '/callback',
      accepts: (query) => {
        asked.push(query);
        return query === RIGHT;
      },
      onCallback: (query) => {
        taken.push(query);
        return Promise.resolve(CONTRACT_PAGES.done);
      },
      pages: CONTRACT_PAGES,
      ...own,
    });
    if (server === null) throw new Error('There is no socket.');
    opened.push(server);
    return { server, taken, asked };
  };
}

/** The attempt has lost nothing: the genuine callback is still taken. */
export async function expectAlive({ server, taken }: Attempt): Promise<void> {
  expect(taken).toEqual([]);
  expect(titleOf((await come(server.port, `/callback?${RIGHT}`)).body)).toBe(CONTRACT_PAGES.done.title);
  expect(taken).toEqual([RIGHT]);
}

/** All that comes back for these bytes, until the other side ends; latin1. */
export function send(port: number, bytes: string | Uint8Array, { ends = false } = {}): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(answer);
    });
    if (ends) socket.end(bytes);
    else socket.write(bytes);
  });
}

export const statusesOf = (answer: string): readonly string[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status ?? '');
