import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
// Playwright has the protocol's types but does not export them.
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';
import { log } from '../log.ts';

export type { Protocol };

type Method = keyof Protocol.CommandParameters;
type EventName = keyof Protocol.Events;

interface Call {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Incoming {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** One conversation with one target; the one without a target speaks with the browser as a whole. */
export interface CdpSession {
  readonly send: <M extends Method>(
    method: M,
    params?: Protocol.CommandParameters[M],
  ) => Promise<Protocol.CommandReturnValues[M]>;
  readonly on: <E extends EventName>(event: E, listener: (payload: Protocol.Events[E]) => void) => void;
}

export interface CdpConnection extends CdpSession {
  readonly session: (id: string) => CdpSession;
}

/** Speaks the DevTools protocol over Chromium's `--remote-debugging-pipe`: JSON, each message closed by a NUL. */
export function connectPipe(to: Writable, from: Readable): CdpConnection {
  const calls = new Map<number, Call>();
  const listeners = new Map<string, EventEmitter>();
  let lastId = 0;
  let rest = Buffer.alloc(0);

  const emitter = (id: string): EventEmitter => {
    const known = listeners.get(id) ?? new EventEmitter();
    listeners.set(id, known);
    return known;
  };

  const take = (message: Incoming): void => {
    if (message.id === undefined) {
      if (message.method === undefined) return;
      emitter(message.sessionId ?? '').emit(message.method, message.params);
      return;
    }
    const call = calls.get(message.id);
    calls.delete(message.id);
    if (message.error === undefined) call?.resolve(message.result);
    else call?.reject(new Error(`${call.method}: ${message.error.message}`));
  };

  from.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = rest.toString('utf8', 0, end);
      rest = rest.subarray(end + 1);
      take(JSON.parse(text) as Incoming);
    }
  });
  from.on('close', () => {
    for (const { method, reject } of calls.values()) reject(new Error(`${method}: Chromium has ended`));
    calls.clear();
  });
  to.on('error', (error) => {
    log('pipe', error);
  });

  const session = (sessionId: string): CdpSession => ({
    send: (method, params) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        calls.set(id, { method, resolve: resolve as (result: unknown) => void, reject });
        const target = sessionId === '' ? {} : { sessionId };
        to.write(`${JSON.stringify({ id, method, params: params ?? {}, ...target })}\0`);
      }),
    on: (event, listener) => void emitter(sessionId).on(event, listener),
  });
  return { ...session(''), session };
}
