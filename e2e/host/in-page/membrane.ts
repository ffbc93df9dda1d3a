/** What crosses between the page's own world and the preload script's: values copied, functions and promises by number. */
type Crossing =
  | { readonly is: 'value'; readonly value: unknown }
  | { readonly is: 'function' | 'promise'; readonly id: number }
  | { readonly is: 'error'; readonly message: string }
  | { readonly is: 'array'; readonly items: readonly Crossing[] }
  | { readonly is: 'object'; readonly entries: readonly (readonly [string, Crossing])[] };

type Message =
  | { readonly does: 'call'; readonly id: number; readonly args: readonly Crossing[] }
  | { readonly does: 'return' | 'throw'; readonly value: Crossing }
  | { readonly does: 'resolve' | 'reject'; readonly id: number; readonly value: Crossing };

export interface Membrane {
  /** Calls what the other world has offered under that number. */
  readonly call: (id: number, args: readonly unknown[]) => unknown;
  /** Offers a function to the other world; the first gets number 0, and so on. */
  readonly offer: (act: (...args: readonly unknown[]) => unknown) => number;
}

/**
 * Joins the two worlds of one document as Electron's contextBridge does: values are copied, functions and promises are
 * represented, of errors only the message crosses, prototypes never do.
 *
 * The worlds share the document's events and nothing else. Dispatching is synchronous across worlds and Chromium clones
 * `detail` for the other one, so a call can return a value at once. The events' names are secret, and what is used here is
 * fetched before any script of the page runs.
 *
 * Runs in the page as text, once in each world: it may use nothing from outside of itself.
 *
 * @param outgoing the name of the events that go to the other world
 * @param incoming the name of those that come from there
 */
export function makeMembrane(outgoing: string, incoming: string): Membrane {
  const DEEPEST = 1000;
  const Custom = CustomEvent;
  const dispatch = window.dispatchEvent.bind(window);
  const offered: ((...args: readonly unknown[]) => unknown)[] = [];
  const awaited = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let promises = 0;
  let answer: Message | undefined;

  window.addEventListener(incoming, (event) => {
    event.stopImmediatePropagation();
    receive((event as CustomEvent<Message>).detail);
  });

  function send(message: Message): void {
    dispatch(new Custom(outgoing, { detail: message }));
  }

  function receive(message: Message): void {
    switch (message.does) {
      case 'call':
        send(answerTo(message.id, message.args));
        break;
      case 'return':
      case 'throw':
        answer = message;
        break;
      case 'resolve':
        awaited.get(message.id)?.resolve(decode(message.value));
        awaited.delete(message.id);
        break;
      case 'reject':
        awaited.get(message.id)?.reject(decode(message.value));
        awaited.delete(message.id);
        break;
    }
  }

  function answerTo(id: number, args: readonly Crossing[]): Message {
    try {
      const result = offered[id]?.(...args.map((arg) => decode(arg)));
      return { does: 'return', value: encode(result, 0) };
    } catch (error) {
      return { does: 'throw', value: encode(error, 0) };
    }
  }

  function call(id: number, args: readonly unknown[]): unknown {
    answer = undefined;
    send({ does: 'call', id, args: args.map((arg) => encode(arg, 0)) });
    // Calls nest, but each is answered before its dispatch returns.
    const given = answer as Message | undefined;
    answer = undefined;
    if (given === undefined || !('value' in given))
      throw new Error('stand-in: the other world did not answer');
    const value = decode(given.value);
    if (given.does === 'throw') throw value;
    return value;
  }

  function encode(value: unknown, depth: number): Crossing {
    if (depth >= DEEPEST) {
      throw new TypeError(
        'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
      );
    }
    if (typeof value === 'function') return { is: 'function', id: offer(value as () => unknown) };
    if (typeof value !== 'object' || value === null) return { is: 'value', value };
    if (value instanceof Promise) return { is: 'promise', id: promise(value) };
    if (value instanceof Error) return { is: 'error', message: value.message };
    if (Array.isArray(value))
      return { is: 'array', items: Array.from(value, (item) => encode(item, depth + 1)) };
    const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
    if (kind === 'Object') {
      const entries = Object.entries(value).map(([key, item]) => [key, encode(item, depth + 1)] as const);
      return { is: 'object', entries };
    }
    // What cannot be cloned is refused here and not lost on the way.
    return { is: 'value', value: structuredClone(value) };
  }

  function decode(crossing: Crossing): unknown {
    switch (crossing.is) {
      case 'value':
        return crossing.value;
      case 'function':
        return (...args: readonly unknown[]) => call(crossing.id, args);
      case 'promise':
        return new Promise((resolve, reject) => {
          awaited.set(crossing.id, { resolve, reject });
        });
      case 'error':
        return new Error(crossing.message);
      case 'array':
        return crossing.items.map((item) => decode(item));
      case 'object': {
        const object = {};
        for (const [key, item] of crossing.entries) {
          Object.defineProperty(object, key, {
            value: decode(item),
            writable: true,
            enumerable: true,
            configurable: true,
          });
        }
        return object;
      }
    }
  }

  function promise(source: Promise<unknown>): number {
    const id = promises++;
    source.then(
      (value) => {
        settle('resolve', id, value);
      },
      (error: unknown) => {
        settle('reject', id, error);
      },
    );
    return id;
  }

  function settle(does: 'resolve' | 'reject', id: number, value: unknown): void {
    let message: Message;
    try {
      message = { does, id, value: encode(value, 0) };
    } catch (error) {
      message = { does: 'reject', id, value: encode(error, 0) };
    }
    send(message);
  }

  function offer(act: (...args: readonly unknown[]) => unknown): number {
    return offered.push(act) - 1;
  }

  return { call, offer };
}
