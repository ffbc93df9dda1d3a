import { EventEmitter } from 'node:events';

/** Names that a language or a tool asks every object for; finding nothing is the right answer to it. */
const HARMLESS = new Set(['then', 'toJSON', 'inspect', 'constructor', '__esModule']);

/**
 * A prototype that answers for everything an object does not have, by throwing. As the end of the chain it leaves
 * the object itself a plain one: its methods can be wrapped and its fields can be private.
 *
 * @param name  what Electron calls the object, such as `app`
 * @param below where to look first
 */
export function loudPrototype(name: string, below: object = Object.prototype): object {
  return new Proxy(below, {
    get(target, property, receiver): unknown {
      if (property in target || typeof property === 'symbol' || HARMLESS.has(property)) {
        return Reflect.get(target, property, receiver);
      }
      throw notImplemented(`${name}.${property}`);
    },
  });
}

/** @param what such as `app.setBadgeCount` */
export function notImplemented(what: string): Error {
  return new Error(`stand-in: ${what} is not implemented`);
}

/** The same members, and loudness for all others. */
export function loud<T extends object>(name: string, members: T): T {
  const prototype = loudPrototype(name);
  const result: T = Object.create(prototype, Object.getOwnPropertyDescriptors(members)) as T;
  return result;
}

type Listener = Parameters<EventEmitter['on']>[1];

/** Those of the names that are events of `T`: Electron declares one overload of `on` for each. */
type EventsOf<T extends { on: unknown }, N extends string> = N extends unknown
  ? T['on'] extends (event: N, listener: () => void) => unknown
    ? N
    : never
  : never;

/** Lists events of one of Electron's classes; a name that Electron does not know does not compile. */
export function eventsOf<T extends { on: unknown }>() {
  return <const N extends readonly string[]>(
    ...names: N & { readonly [K in keyof N]: EventsOf<T, N[K]> }
  ): ReadonlySet<string> => new Set<string>(names);
}

/**
 * A base class that is loud about unknown members and about listening for events that the stand-in never emits and
 * that nobody has thought of.
 *
 * @param events the ones it emits, and the ones of which it is known that only a test emits them
 */
export function loudEmitter(name: string, events: ReadonlySet<string>): new () => EventEmitter {
  const check = (event: string | symbol): void => {
    if (typeof event === 'string' && !events.has(event))
      throw notImplemented(`the event ${event} of ${name}`);
  };
  class LoudEmitter extends EventEmitter {
    override on(event: string | symbol, listener: Listener): this {
      check(event);
      return super.on(event, listener);
    }
    override addListener(event: string | symbol, listener: Listener): this {
      check(event);
      return super.addListener(event, listener);
    }
    override once(event: string | symbol, listener: Listener): this {
      check(event);
      return super.once(event, listener);
    }
    override prependListener(event: string | symbol, listener: Listener): this {
      check(event);
      return super.prependListener(event, listener);
    }
  }
  Object.setPrototypeOf(LoudEmitter.prototype, loudPrototype(name, EventEmitter.prototype));
  return LoudEmitter;
}

/** An object that has only part of what Electron's has; what is missing throws when it is used. */
export function standingFor<Full extends object>(part: Partial<Record<keyof Full, unknown>>): Full {
  return part as Full;
}

/** What Electron hands to listeners that may stop something. */
export function makeEvent<Params extends object>(params: Params): Electron.Event<Params> {
  let prevented = false;
  return Object.assign(
    Object.defineProperty({}, 'defaultPrevented', { get: () => prevented, enumerable: true }),
    { preventDefault: () => void (prevented = true) },
    params,
  ) as Electron.Event<Params>;
}
