import { connect, type Socket } from 'node:net';
import { decodeValues, encodeValues, type DbusValue } from './wire-format.ts';

/**
 * A connection to the session bus that asks and waits, nothing more. Node has none, the keychain package shows no attribute
 * without asking for the secret (and so for the password of a locked collection), and programs that could be asked instead are
 * not on every system.
 */
export interface SessionBus {
  call(request: DbusCall): Promise<DbusReply>;
  end(): void;
}

export interface DbusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly values?: readonly DbusValue[];
}

export type DbusReply =
  | { readonly state: 'answered'; readonly values: readonly DbusValue[] }
  /** The error’s name, as `org.freedesktop.DBus.Error.ServiceUnknown`; its words may quote anything, and are dropped. */
  | { readonly state: 'refused'; readonly name: string }
  /** The bus went away. */
  | { readonly state: 'gone' };

const METHOD_CALL = 1;
const METHOD_RETURN = 2;
const ERROR = 3;
/** The fixed part of a header, before its fields. */
const HEAD_BYTES = 16;
/** No answer about attributes is anywhere near. */
const MOST_BYTES = 1024 * 1024;

/**
 * @param address a path, or a name in the abstract namespace behind a NUL
 * @param userId as the bus knows this user
 * @returns `null` where there is no bus; a bus that says nothing is the caller’s to time
 */
export async function connectToBus(
  address: string,
  userId: number,
  signal: AbortSignal,
): Promise<SessionBus | null> {
  const bus = await openSocket(address, signal);
  if (bus === null) return null;
  const proof = Buffer.from(String(userId)).toString('hex');
  bus.write(Buffer.from(`\0AUTH EXTERNAL ${proof}\r\n`));
  if (!(await bus.line()).startsWith('OK ')) {
    bus.end();
    return null;
  }
  bus.write(Buffer.from('BEGIN\r\n'));
  const connection = overSocket(bus);
  const hello = await connection.call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'Hello',
  });
  if (hello.state === 'answered') return connection;
  connection.end();
  return null;
}

function overSocket(bus: OpenSocket): SessionBus {
  let serial = 0;
  return {
    call: async (request) => {
      serial += 1;
      bus.write(messageOf(request, serial));
      for (;;) {
        const message = await bus.message();
        if (message === null) return { state: 'gone' };
        const reply = replyTo(message, serial);
        if (reply !== null) return reply;
      }
    },
    end: () => {
      bus.end();
    },
  };
}

/** Field codes of the header: what the specification calls them. */
const FIELD = { path: 1, interface: 2, member: 3, error: 4, replySerial: 5, destination: 6, signature: 8 };

function messageOf(request: DbusCall, serial: number): Buffer {
  const { signature = '', values = [] } = request;
  const body = encodeValues(signature, values);
  const fields: DbusValue[] = [
    [FIELD.path, { type: 'o', value: request.path }],
    [FIELD.interface, { type: 's', value: request.interface }],
    [FIELD.member, { type: 's', value: request.member }],
    [FIELD.destination, { type: 's', value: request.destination }],
    ...(signature === '' ? [] : [[FIELD.signature, { type: 'g', value: signature }]]),
  ];
  const head = encodeValues('yyyyuua(yv)', [
    'l'.charCodeAt(0),
    METHOD_CALL,
    0,
    1,
    body.length,
    serial,
    fields,
  ]);
  return Buffer.concat([head, Buffer.alloc(-head.length & 7), body]);
}

/** `null`: not the answer to this call, but a signal, or something late. */
function replyTo(message: Buffer, serial: number): DbusReply | null {
  try {
    const [, kind, , , , , list] = decodeValues('yyyyuua(yv)', message);
    const fields = new Map((Array.isArray(list) ? list : []).map(fieldOf));
    if (fields.get(FIELD.replySerial) !== serial) return null;
    if (kind === ERROR) {
      const name = fields.get(FIELD.error);
      return { state: 'refused', name: typeof name === 'string' ? name : '' };
    }
    if (kind !== METHOD_RETURN) return null;
    const signature = fields.get(FIELD.signature);
    const start = HEAD_BYTES + paddedFieldBytes(message);
    return {
      state: 'answered',
      values: decodeValues(typeof signature === 'string' ? signature : '', message.subarray(start)),
    };
  } catch {
    return { state: 'gone' };
  }
}

function fieldOf(field: DbusValue): readonly [number, DbusValue] {
  const [code, variant] = Array.isArray(field) ? (field as readonly DbusValue[]) : [];
  const value = typeof variant === 'object' && 'type' in variant ? variant.value : '';
  return [Number(code), value];
}

function paddedFieldBytes(message: Buffer): number {
  return Math.ceil(message.readUInt32LE(12) / 8) * 8;
}

interface OpenSocket {
  write(bytes: Buffer): void;
  /** Empty when the bus has hung up. */
  line(): Promise<string>;
  message(): Promise<Buffer | null>;
  end(): void;
}

function openSocket(address: string, signal: AbortSignal): Promise<OpenSocket | null> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ path: address });
    let received = Buffer.alloc(0);
    let open = true;
    let wake: (() => void) | null = null;
    const close = (): void => {
      open = false;
      socket.destroy();
      wake?.();
      resolve(null);
    };
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      // More than one message that is waited for, and what may have come beside it.
      if (received.length > 2 * MOST_BYTES) close();
      else wake?.();
    });
    socket.on('error', close);
    socket.on('close', close);
    if (signal.aborted) close();
    signal.addEventListener('abort', close, { once: true });
    const until = async <Found>(find: () => Found | null): Promise<Found | null> => {
      for (;;) {
        const found = find();
        if (found !== null || !open) return found;
        await new Promise<void>((done) => {
          wake = done;
        });
      }
    };
    const cut = (length: number): Buffer => {
      const taken = received.subarray(0, length);
      received = received.subarray(length);
      return taken;
    };
    socket.on('connect', () => {
      resolve({
        write: (bytes) => {
          socket.write(bytes);
        },
        line: async () =>
          (
            await until(() => {
              const end = received.indexOf('\r\n');
              return end < 0 ? null : cut(end + 2);
            })
          )?.toString('latin1') ?? '',
        message: () =>
          until(() => {
            if (received.length < HEAD_BYTES) return null;
            const whole = HEAD_BYTES + paddedFieldBytes(received) + received.readUInt32LE(4);
            // Big-endian, or beyond all measure: this bus is not one that can be asked.
            if (received[0] !== 'l'.charCodeAt(0) || whole > MOST_BYTES) {
              close();
              return null;
            }
            return received.length < whole ? null : cut(whole);
          }),
        end: () => {
          signal.removeEventListener('abort', close);
          close();
        },
      });
    });
  });
}
