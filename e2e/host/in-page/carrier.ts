/** JSON that stands for a value of JavaScript: primitives for themselves, everything else as [tag, …]. */
export type Carried = null | boolean | number | string | readonly [string, ...Carried[]] | readonly Carried[];

export interface Carrier {
  /** @throws {Error} with Electron's words when the structured clone algorithm refuses the value */
  readonly encode: (value: unknown) => Carried;
  readonly decode: (carried: Carried) => unknown;
}

/**
 * Carries what Electron's IPC carries: what can be cloned. CDP itself carries only strings.
 *
 * Runs in Node, and in the page as text: it may use nothing from outside of itself.
 */
export function makeCarrier(): Carrier {
  const VIEWS = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };

  function encode(value: unknown): Carried {
    let clone: unknown;
    try {
      clone = structuredClone(value);
    } catch {
      throw new Error('An object could not be cloned.');
    }
    const seen = new Map<object, number>();
    return pack(clone);

    function pack(part: unknown): Carried {
      switch (typeof part) {
        case 'boolean':
        case 'string':
          return part;
        case 'number':
          return Number.isFinite(part) && !Object.is(part, -0)
            ? part
            : ['n', Object.is(part, -0) ? '-0' : String(part)];
        case 'bigint':
          return ['i', String(part)];
        case 'object':
          return part === null ? null : packObject(part);
        case 'undefined':
        case 'function':
        case 'symbol':
          // The latter two have been refused above.
          return ['u'];
      }
    }

    function packObject(part: object): Carried {
      const known = seen.get(part);
      if (known !== undefined) return ['=', known];
      seen.set(part, seen.size);
      if (Array.isArray(part)) return ['a', Array.from(part, pack)];
      if (part instanceof Date) return ['d', part.getTime()];
      if (part instanceof RegExp) return ['r', part.source, part.flags];
      if (part instanceof Map) return ['m', Array.from(part, ([key, item]) => [pack(key), pack(item)])];
      if (part instanceof Set) return ['s', Array.from(part, pack)];
      if (part instanceof Error) return ['e', part.name, part.message, part.stack ?? ''];
      if (part instanceof ArrayBuffer) return ['b', 'ArrayBuffer', base64(new Uint8Array(part))];
      if (ArrayBuffer.isView(part)) {
        return [
          'b',
          part.constructor.name,
          base64(new Uint8Array(part.buffer, part.byteOffset, part.byteLength)),
        ];
      }
      const kind = Object.prototype.toString.call(part).slice('[object '.length, -1);
      if (kind !== 'Object') throw new Error(`stand-in: IPC of ${kind} is not implemented`);
      return ['o', Object.entries(part).map(([key, item]) => [key, pack(item)])];
    }
  }

  function decode(carried: Carried): unknown {
    const made: unknown[] = [];
    return unpack(carried);

    function unpack(part: Carried): unknown {
      if (!Array.isArray(part)) return part;
      const [tag, first, second, third] = part as unknown as readonly [string, ...Carried[]];
      switch (tag) {
        case 'u':
          return undefined;
        case 'n':
          return Number(first);
        case 'i':
          return BigInt(first as string);
        case '=':
          return made[first as number];
        default:
          return unpackObject(tag, first, second, third);
      }
    }

    function unpackObject(tag: string, first?: Carried, second?: Carried, third?: Carried): unknown {
      const items = first as readonly Carried[];
      const pairs = first as readonly (readonly [Carried, Carried])[];
      // Noted before its parts are made, as they may refer to it.
      const note = <T>(object: T): T => {
        made.push(object);
        return object;
      };
      switch (tag) {
        case 'a': {
          const array = note<unknown[]>([]);
          for (const item of items) array.push(unpack(item));
          return array;
        }
        case 'o': {
          const object = note({});
          for (const [key, item] of pairs) {
            // Assigning would set the prototype where the key is `__proto__`.
            Object.defineProperty(object, key as string, {
              value: unpack(item),
              writable: true,
              enumerable: true,
              configurable: true,
            });
          }
          return object;
        }
        case 'm': {
          const map = note(new Map<unknown, unknown>());
          for (const [key, item] of pairs) map.set(unpack(key), unpack(item));
          return map;
        }
        case 's': {
          const set = note(new Set<unknown>());
          for (const item of items) set.add(unpack(item));
          return set;
        }
        case 'd':
          return note(new Date(first as number));
        case 'r':
          return note(new RegExp(first as string, second as string));
        case 'e': {
          const error = note(new Error(second as string));
          Object.defineProperty(error, 'name', { value: first, writable: true, configurable: true });
          Object.defineProperty(error, 'stack', { value: third, writable: true, configurable: true });
          return error;
        }
        case 'b':
          return note(bytes(first as string, second as string));
        default:
          throw new Error(`stand-in: nothing is carried as ${tag}`);
      }
    }
  }

  function base64(array: Uint8Array): string {
    let text = '';
    for (const byte of array) text += String.fromCharCode(byte);
    return btoa(text);
  }

  function bytes(kind: string, text: string): unknown {
    const { buffer } = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    if (kind === 'ArrayBuffer') return buffer;
    // A Buffer of Node arrives as what it is underneath, as in Electron.
    const name = (kind === 'Buffer' ? 'Uint8Array' : kind) as keyof typeof VIEWS;
    const View: new (buffer: ArrayBuffer) => unknown = VIEWS[name];
    return new View(buffer);
  }

  return { encode, decode };
}
