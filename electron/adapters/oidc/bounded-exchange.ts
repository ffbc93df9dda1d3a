import { Readable } from 'node:stream';
import { isAnthropicHost } from '../../../shared/core/sign-in/anthropic-hosts.ts';
import type { OidcFailure } from '../../../shared/core/sign-in/oidc-failure.ts';
import { agentOptions, isNotTrusted, isTimeout, type Connections } from '../network/connections.ts';

export interface Limits {
  /** Of one answer. */
  readonly bytes: number;
  /** Milliseconds, from the first step of a request to the last byte of its answer. */
  readonly deadline: number;
}

/** Metadata and key sets of large providers have some ten thousand bytes. */
export const LIMITS: Limits = { bytes: 256 * 1024, deadline: 20_000 };

type Trouble = Extract<
  OidcFailure['code'],
  'no-connection' | 'connection-lost' | 'timed-out' | 'not-trusted' | 'too-large' | 'bad-answer' | 'not-here'
>;

/** What came of one request. Nothing in it was written by a server but `error`, which is only compared. */
export interface Outcome {
  /** `read`: metadata or keys. `sent`: everything else; that may change something at the provider. */
  readonly kind: 'read' | 'sent';
  /** Why there is no answer that could be used; `null`: there is one. */
  readonly trouble: Trouble | null;
  readonly status: number | null;
  /** Seconds. */
  readonly retryAfter: number | null;
  /** Milliseconds since 1970. */
  readonly serverTime: number | null;
  /** The protocol’s code for what went wrong. */
  readonly error: string | null;
}

/** What openid-client calls to send a request. */
type Fetch = (
  url: string,
  options: { readonly method: string; readonly headers: Record<string, string>; readonly body?: unknown },
) => Promise<Response>;

/** The requests of one step with a provider. */
export interface Exchange {
  readonly fetch: Fetch;
  readonly last: () => Outcome | null;
  /** Of what was sent, not read. */
  readonly sent: () => Outcome | null;
}

/** JSON of an answer that went well, as it is to be used; `null`: it is none. */
export type Reading = (json: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> | null;

/**
 * One connection for each request, and one request for each call: nothing is followed, asked again or cached. An answer that is too
 * large or too late is none.
 *
 * @param reading what is made of answers with status 200 to what was sent
 */
export function boundedExchange(connections: Connections, limits: Limits, reading: Reading): Exchange {
  let last: Outcome | null = null;
  let sent: Outcome | null = null;
  const fetch: Fetch = async (address, { method, headers, body }) => {
    const kind = method === 'GET' ? 'read' : 'sent';
    const note = (outcome: Partial<Outcome>): void => {
      last = {
        kind,
        trouble: null,
        status: null,
        retryAfter: null,
        serverTime: null,
        error: null,
        ...outcome,
      };
      if (kind === 'sent') sent = last;
    };
    const url = new URL(address);
    const reply = isAnthropicHost(url.hostname)
      ? 'not-here'
      : await send(connections, limits, url, {
          method: kind === 'read' ? 'GET' : 'POST',
          headers: { ...headers, 'user-agent': 'credence' },
          body: kind === 'read' ? null : String(body),
        });
    if (typeof reply === 'string') {
      note({ trouble: reply });
      throw new Error(reply);
    }
    const { status, text } = reply;
    // Some answer to what they did with no JSON at all, which is fine where nothing is wanted; a page is for people.
    const json = objectOf(text) ?? (kind === 'read' || text.trimStart().startsWith('<') ? null : {});
    const isDone = kind === 'read' ? status === 200 : status >= 200 && status < 300;
    const error = json?.['error'];
    const facts = {
      status,
      retryAfter: reply.retryAfter,
      serverTime: reply.serverTime,
      error: !isDone && typeof error === 'string' ? error : null,
    };
    const used = isDone && kind === 'sent' && json !== null ? reading(json) : json;
    note(facts);
    if (isDone && used === null) {
      note({ ...facts, trouble: kind === 'sent' ? 'bad-answer' : null });
      throw new Error('bad-answer');
    }
    // openid-client takes no other status for an answer, and is to read nothing where there is none.
    return Response.json(isDone ? used : {}, { status: isDone ? 200 : 400 });
  };
  return { fetch, last: () => last, sent: () => sent };
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: number | null;
  readonly serverTime: number | null;
}

async function send(
  connections: Connections,
  limits: Limits,
  url: URL,
  request: {
    readonly method: 'GET' | 'POST';
    readonly headers: Record<string, string>;
    readonly body: string | null;
  },
): Promise<Reply | Trouble> {
  const undici = await import('undici');
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
  }, limits.deadline);
  const agent = new undici.EnvHttpProxyAgent(agentOptions(connections, url, limits.deadline));
  let mayHaveArrived = false;
  // Nobody reads from this before there is a connection to write to.
  const body = (text: string): Readable =>
    Readable.from(
      (function* () {
        mayHaveArrived = true;
        yield Buffer.from(text);
      })(),
    );
  try {
    const length = request.body === null ? {} : { 'content-length': String(Buffer.byteLength(request.body)) };
    const answer = await undici.request(url, {
      method: request.method,
      headers: { ...request.headers, ...length },
      ...(request.body === null ? {} : { body: body(request.body) }),
      dispatcher: agent,
      signal: late.signal,
    });
    mayHaveArrived = true;
    const text = await readUpTo(limits.bytes, answer.body);
    if (text === null) return 'too-large';
    const serverTime = timeOf(answer.headers['date']);
    return {
      status: answer.statusCode,
      text,
      serverTime,
      retryAfter: waitOf(answer.headers['retry-after'], serverTime ?? Date.now()),
    };
  } catch (error) {
    if (isNotTrusted(error)) return 'not-trusted';
    const tookLong = late.signal.aborted || isTimeout(error);
    if (!mayHaveArrived) return tookLong && request.body === null ? 'timed-out' : 'no-connection';
    return tookLong ? 'timed-out' : 'connection-lost';
  } finally {
    clearTimeout(timer);
    agent.destroy().catch(() => undefined);
  }
}

/** `null`: there is more. The rest stays where it is. */
async function readUpTo(most: number, body: AsyncIterable<Buffer>): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

type Header = string | string[] | undefined;

/** The one form that is sent (RFC 9110, section 5.6.7); a parser of dates would find one in nearly everything. */
const DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

function timeOf(header: Header): number | null {
  const time = typeof header === 'string' && DATE.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(time) ? null : time;
}

const DAY = 86_400;

/** Seconds, or a date (RFC 9110, section 10.2.3). Nobody is asked to wait for longer than a day. */
function waitOf(header: Header, now: number): number | null {
  if (typeof header !== 'string') return null;
  const text = header.trim();
  const until = timeOf(text);
  if (/^\d{1,12}$/.test(text)) return Math.min(Number(text), DAY);
  return until === null ? null : Math.min(Math.max(Math.ceil((until - now) / 1000), 0), DAY);
}
