import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onPosix } from '../../../../e2e/support/on-system.ts';
import { connectToBus } from './session-bus.ts';
import { encodeValues, type DbusValue } from './wire-format.ts';

let folder = '';
let server: Server | null = null;
let sockets: Socket[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credence-bus-'));
});

afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

async function stop(): Promise<void> {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  const running = server;
  server = null;
  if (running !== null) await new Promise((resolve) => running.close(resolve));
}

type Answer = (socket: Socket, data: Buffer) => void;

/** A bus that answers what the test says; `null` as a part of an address is a name in the abstract namespace. */
async function serve(answer: Answer, address = path.join(folder, 'bus')): Promise<string> {
  await stop();
  const made = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      answer(socket, data);
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(address, resolve));
  return address;
}

const METHOD_RETURN = 2;
const SIGNAL = 4;
const ERROR = 3;

function message(kind: number, replyTo: number, signature: string, values: readonly DbusValue[]): Buffer {
  const body = encodeValues(signature, values);
  const fields: DbusValue[] = [
    [5, { type: 'u', value: replyTo }],
    ...(kind === ERROR ? [[4, { type: 's', value: 'org.example.Error' }]] : []),
    ...(signature === '' ? [] : [[8, { type: 'g', value: signature }]]),
  ];
  const head = encodeValues('yyyyuua(yv)', ['l'.charCodeAt(0), kind, 1, 1, body.length, 7, fields]);
  return Buffer.concat([head, Buffer.alloc(-head.length & 7), body]);
}

/** Says hello properly, then whatever comes for the second call. */
const then =
  (second: Answer): Answer =>
  (socket, data) => {
    const text = data.toString('latin1');
    if (text.includes('AUTH EXTERNAL')) socket.write('OK 0123456789abcdef\r\n');
    if (text.includes('Hello')) socket.write(message(METHOD_RETURN, 1, 's', [':1.5']));
    if (text.includes('ReadAlias')) second(socket, data);
  };

const CALL = {
  destination: 'org.freedesktop.secrets',
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.Secret.Service',
  member: 'ReadAlias',
  signature: 's',
  values: ['default'],
};

/** Milliseconds. */
const SOON = 300;

async function ask(address: string): Promise<unknown> {
  const bus = await connectToBus(address, 1000, AbortSignal.timeout(SOON));
  if (bus === null) return 'no bus';
  const reply = await bus.call(CALL);
  bus.end();
  return reply;
}

describe.runIf(onPosix)('A call on the bus', () => {
  test('It is answered.', async () => {
    const address = await serve(then((socket) => socket.write(message(METHOD_RETURN, 2, 'o', ['/a/b']))));
    expect(await ask(address)).toEqual({ state: 'answered', values: ['/a/b'] });
  });

  test('It proves who asks by the user’s number, in hexadecimal digits of its decimal ones.', async () => {
    let said = '';
    const address = await serve((_, data) => (said += data.toString('latin1')));
    await ask(address);
    expect(said).toBe('\0AUTH EXTERNAL 31303030\r\n');
  });

  test('Signals, late answers and pieces of messages on the way do not disturb it.', async () => {
    const address = await serve(
      then((socket) => {
        const all = Buffer.concat([
          message(SIGNAL, 2, 's', ['NameOwnerChanged']),
          message(METHOD_RETURN, 1, 's', ['late']),
          message(METHOD_RETURN, 2, 'o', ['/right']),
        ]);
        for (let at = 0; at < all.length; at += 7) socket.write(all.subarray(at, at + 7));
      }),
    );
    expect(await ask(address)).toEqual({ state: 'answered', values: ['/right'] });
  });

  test('A refusal has its name, and not its words.', async () => {
    const address = await serve(then((socket) => socket.write(message(ERROR, 2, 's', ['a secret']))));
    expect(await ask(address)).toEqual({ state: 'refused', name: 'org.example.Error' });
  });

  const behaviours: readonly (readonly [string, Answer, unknown])[] = [
    ['says nothing', () => undefined, 'no bus'],
    ['does not let this user in', (socket) => socket.write('REJECTED EXTERNAL\r\n'), 'no bus'],
    ['hangs up at once', (socket) => socket.destroy(), 'no bus'],
    ['floods', (socket) => socket.write('x'.repeat(100_000)), 'no bus'],
    ['lets this user in and falls silent', (socket) => socket.write('OK 1\r\n'), 'no bus'],
    ['hangs up later', then((socket) => socket.destroy()), { state: 'gone' }],
    ['falls silent later', then(() => undefined), { state: 'gone' }],
    [
      'answers with an array of nothing at all',
      then((socket) => socket.write(raw('a()', Buffer.from([8, 0, 0, 0, 0, 0, 0, 0, ...Buffer.alloc(8)])))),
      { state: 'gone' },
    ],
    [
      'answers with what is nested too deep',
      then((socket) => socket.write(raw('v', nested(5_000)))),
      { state: 'gone' },
    ],
    ['announces a huge message', then((socket) => socket.write(hugeHeader())), { state: 'gone' }],
    [
      'answers big-endian',
      then((socket) => socket.write(Buffer.from('B'.padEnd(16, '\0')))),
      { state: 'gone' },
    ],
  ];

  test.each(behaviours)('A bus that %s holds nobody up.', async (_, answer, expected) => {
    const started = performance.now();
    expect(await ask(await serve(answer))).toEqual(expected);
    expect(performance.now() - started).toBeLessThan(SOON + 2_000);
  });

  test('A bus that says more than anybody keeps is left before the time is up.', async () => {
    const address = await serve((socket) => {
      flood(socket);
    });
    expect(await connectToBus(address, 1000, AbortSignal.timeout(60_000))).toBeNull();
    const later = await serve(then(flood));
    const bus = await connectToBus(later, 1000, AbortSignal.timeout(60_000));
    expect(await bus?.call(CALL)).toEqual({ state: 'gone' });
  }, 20_000);

  test('Any bytes for an answer lead to an answer, or to none.', async () => {
    let noise = Buffer.alloc(0);
    const address = await serve(
      then((socket) => {
        socket.write(noise);
        socket.end();
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), fc.boolean(), async (bytes, headed) => {
        const head = message(METHOD_RETURN, 2, 'ao', [[]]).subarray(0, headed ? 16 : 0);
        noise = Buffer.concat([head, bytes]);
        expect(await ask(address)).toHaveProperty('state');
      }),
      { numRuns: 100 },
    );
  });

  test('A socket that is not there is no bus.', async () => {
    expect(await ask(path.join(folder, 'none'))).toBe('no bus');
  });
});

/** An answer with this body, whatever it is. */
function raw(signature: string, body: Buffer): Buffer {
  const fields: DbusValue[] = [
    [5, { type: 'u', value: 2 }],
    [8, { type: 'g', value: signature }],
  ];
  const made = encodeValues('yyyyuua(yv)', ['l'.charCodeAt(0), METHOD_RETURN, 1, 1, body.length, 7, fields]);
  return Buffer.concat([made, Buffer.alloc(-made.length & 7), body]);
}

/** A variant in a variant in a variant. */
const nested = (depth: number): Buffer => Buffer.from('\x01v\0'.repeat(depth) + '\x01y\0\x07', 'latin1');

/** For as long as it is listened to. */
function flood(socket: Socket): void {
  if (!socket.destroyed)
    socket.write('x'.repeat(1_000_000), () => {
      setImmediate(flood, socket);
    });
}

function hugeHeader(): Buffer {
  const head = Buffer.alloc(16);
  head.write('l');
  head.writeUInt32LE(0xfffffff0, 4);
  return head;
}

describe.runIf(process.platform === 'linux')('On Linux', () => {
  test('A socket in the abstract namespace is reached.', async () => {
    const address = await serve(
      then((socket) => socket.write(message(METHOD_RETURN, 2, 'o', ['/a']))),
      `\0${path.join(folder, 'abstract')}`,
    );
    expect(await ask(address)).toEqual({ state: 'answered', values: ['/a'] });
  });
});
