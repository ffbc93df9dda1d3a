import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** A display without a screen, with somebody at its keyboard. There is no window manager: a key goes to what is under the pointer. */
export interface XDisplay {
  /** For `DISPLAY`. */
  readonly name: string;
  /** Presses one key, with Control held where that is said. */
  press(key: keyof typeof KEYS, held?: 'Control'): void;
  /** What the button of a window’s frame does: asks it to close (ICCCM 4.2.8.1). */
  closeWindow(id: number): void;
  end(): void;
}

/** Keycodes of a PC keyboard, as Xvfb has one. */
const KEYS = { Return: 36, Control: 37, c: 54 } as const;

/** Takes Xvfb, and a few requests of the X protocol; there is no program to be installed for them. */
export async function startXDisplay(): Promise<XDisplay> {
  const args = ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [digits] = (await once(server.stdio[3] as Readable, 'data')) as [Buffer];
  const number = digits.toString().trim();
  const socket = createConnection(`/tmp/.X11-unix/X${number}`);
  await once(socket, 'connect');
  const read = reader(socket);
  socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const greeting = await read(8);
  if (greeting[0] !== 1) throw new Error('The display refuses to be spoken with');
  await read(4 * greeting.readUInt16LE(6));
  const ask = async (request: Buffer): Promise<Buffer> => {
    socket.write(request);
    return read(32);
  };
  const xtest = (await ask(named(98, 'XTEST')))[9] ?? 0;
  const protocols = (await ask(named(16, 'WM_PROTOCOLS'))).readUInt32LE(8);
  const deletion = (await ask(named(16, 'WM_DELETE_WINDOW'))).readUInt32LE(8);
  const happens = (type: number, detail: number, x = 0, y = 0): void => {
    const request = Buffer.alloc(36);
    request.set([xtest, 2, 9, 0, type, detail]);
    request.writeInt16LE(x, 24);
    request.writeInt16LE(y, 26);
    socket.write(request);
  };
  const [PRESSED, RELEASED, MOVED] = [2, 3, 6];
  // Where the window of a program is that nobody has moved.
  happens(MOVED, 0, 60, 60);
  return {
    name: `:${number}`,
    press: (key, held) => {
      if (held !== undefined) happens(PRESSED, KEYS[held]);
      happens(PRESSED, KEYS[key]);
      happens(RELEASED, KEYS[key]);
      if (held !== undefined) happens(RELEASED, KEYS[held]);
    },
    closeWindow: (id) => {
      const request = Buffer.alloc(44);
      request.set([25, 0, 11]);
      request.writeUInt32LE(id, 4);
      request.set([33, 32], 12);
      request.writeUInt32LE(id, 16);
      request.writeUInt32LE(protocols, 20);
      request.writeUInt32LE(deletion, 24);
      socket.write(request);
    },
    end: () => {
      socket.destroy();
      server.kill();
    },
  };
}

/** A request that consists of a name. */
function named(opcode: number, name: string): Buffer {
  const words = 2 + Math.ceil(name.length / 4);
  const request = Buffer.alloc(4 * words);
  request.set([opcode, 0, words]);
  request.writeUInt16LE(name.length, 4);
  request.write(name, 8, 'latin1');
  return request;
}

function reader(socket: Socket): (bytes: number) => Promise<Buffer> {
  let rest = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    socket.emit('more');
  });
  return async (bytes) => {
    while (rest.length < bytes) await once(socket, 'more');
    const answer = rest.subarray(0, bytes);
    rest = rest.subarray(bytes);
    return answer;
  };
}
