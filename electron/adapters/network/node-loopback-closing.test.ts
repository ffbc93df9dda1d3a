import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  ask,
  attempts,
  come,
  expectAlive,
  RIGHT,
  titleOf,
  type Attempt,
} from '../../../e2e/support/loopback-visitor.ts';
import type { LandingPage } from '../../../shared/ports/loopback.ts';
import { CONTRACT_PAGES } from '../../../shared/testing/loopback-contract.ts';
import { nodeLoopback } from './node-loopback.ts';

const attempt = attempts();
const { done } = CONTRACT_PAGES;

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A connection that is there; what it says, and no more. */
function connection({ server }: Attempt, says = ''): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => {
      if (says !== '') socket.write(says);
      resolve(socket);
    });
    sockets.push(socket);
    socket.resume().on('error', reject);
  });
}

const isEnded = (socket: Socket): Promise<boolean> =>
  new Promise((resolve) => {
    if (socket.closed) resolve(true);
    else socket.on('close', () => { resolve(true); }); // prettier-ignore
  });

/** Whether the port can be had by somebody else. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const other = createServer();
    other.on('error', () => { resolve(false); }); // prettier-ignore
    other.listen(port, '127.0.0.1', () => other.close(() => { resolve(true); })); // prettier-ignore
  });
}

/** Milliseconds that the promise takes. */
async function timeOf(promise: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await promise;
  return performance.now() - begun;
}

/** A second, by the contract, and what a busy machine adds to it. */
const A_SECOND = 3_000;

const HEAD = `GET /callback?${RIGHT} HTTP/1.1\r\n`;

describe('The port is freed within a second', () => {
  test.each([
    ['silent', ''],
    ['in the middle of a request', HEAD],
    ['in the middle of a body', `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n`],
  ])('though a hundred are connected and %s.', async (_, says) => {
    const found = await attempt();
    const connected = await Promise.all(Array.from({ length: 100 }, () => connection(found, says)));
    // They have been heard by then.
    await ask(found.server.port, '/favicon.ico');
    expect(await timeOf(found.server.close())).toBeLessThan(A_SECOND);
    expect(await isFree(found.server.port)).toBe(true);
    await Promise.all(connected.map(isEnded));
    expect(found.taken).toEqual([]);
  });

  test('though the exchange never ends.', async () => {
    const found = await attempt({ onCallback: () => new Promise(() => undefined) });
    const { headers } = await ask(found.server.port, `/callback?${RIGHT}`);
    const waiting = ask(found.server.port, headers.location ?? '');
    const cut = expect(waiting).rejects.toThrow();
    expect(await timeOf(found.server.close())).toBeLessThan(A_SECOND);
    await cut;
    expect(await isFree(found.server.port)).toBe(true);
  });

  test('though the browser never asks for the page it was promised.', async () => {
    const found = await attempt();
    await ask(found.server.port, `/callback?${RIGHT}`);
    expect(await timeOf(found.server.close())).toBeLessThan(A_SECOND);
    expect(await isFree(found.server.port)).toBe(true);
  });
});

describe('What is just being answered is answered', () => {
  test('when it is closed as soon as the exchange has settled.', async () => {
    for (let round = 0; round < 50; round++) {
      const found = await attempt({
        onCallback: () => {
          setImmediate(() => void found.server.close());
          return Promise.resolve(done);
        },
      });
      expect(titleOf((await come(found.server.port, `/callback?${RIGHT}`)).body)).toBe(done.title);
      await found.server.close();
      expect(await isFree(found.server.port)).toBe(true);
    }
  });

  test('when it is closed while the browser waits, and the exchange settles then.', async () => {
    let settle: (page: LandingPage) => void = () => undefined;
    const found = await attempt({ onCallback: () => new Promise((resolve) => (settle = resolve)) });
    const { headers } = await ask(found.server.port, `/callback?${RIGHT}`);
    const waiting = ask(found.server.port, headers.location ?? '');
    const closing = found.server.close();
    settle(done);
    expect(titleOf((await waiting).body)).toBe(done.title);
    await closing;
    await expect(ask(found.server.port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('and it has closed at once when the page has been shown.', async () => {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const found = await attempt();
      await come(found.server.port, `/callback?${RIGHT}`);
      times.push(await timeOf(found.server.close()));
    }
    // Less than the grace for a page that was not fetched, however busy the machine is now and then.
    expect(Math.min(...times)).toBeLessThan(500);
  });
});

describe('Who is connected keeps nobody out:', () => {
  const HOURS = 10_000_000;
  const few = attempts(nodeLoopback(() => false, { connections: 8, head: HOURS, request: HOURS, grace: 0 }));
  const areOpen = (): readonly boolean[] => sockets.map((socket) => !socket.closed);

  test('of more than there may be, who came first goes first.', async () => {
    const found = await few();
    for (let index = 0; index < 11; index++) await connection(found, index % 2 === 0 ? '' : HEAD);
    await expect.poll(areOpen).toEqual([false, false, false, ...Array.from({ length: 8 }, () => true)]);
    await expectAlive(found);
  });

  test('who waits for the exchange has been answered before it goes.', async () => {
    let settle: (page: LandingPage) => void = () => undefined;
    const found = await few({ onCallback: () => new Promise((resolve) => (settle = resolve)) });
    const { headers } = await ask(found.server.port, `/callback?${RIGHT}`);
    const waiting = ask(found.server.port, headers.location ?? '');
    // It has been heard when another one has.
    await ask(found.server.port, '/favicon.ico');
    for (let index = 0; index < 30; index++) await connection(found);
    settle(done);
    expect(titleOf((await waiting).body)).toBe(done.title);
  });

  test('of thousands, too.', async () => {
    const found = await attempt();
    for (let batch = 0; batch < 20; batch++) {
      await Promise.all(Array.from({ length: 100 }, () => connection(found).catch(() => undefined)));
    }
    await expectAlive(found);
  });

  test('nobody waits for one that says nothing, a letter at a time, or one header after the other.', async () => {
    const found = await attempt();
    const slow: readonly ((round: number) => string)[] = [
      () => '',
      (round) => HEAD.charAt(round % HEAD.length),
      (round) => `${round === 0 ? HEAD : ''}a: b\r\n`,
    ];
    // A test that waits for too long fails.
    await Promise.all(
      slow.map(async (says) => {
        const socket = await connection(found);
        socket.on('error', () => undefined);
        let round = 0;
        const timer = setInterval(() => {
          if (socket.writable) socket.write(says(round));
          round++;
        }, 100);
        await isEnded(socket);
        clearInterval(timer);
      }),
    );
    await expectAlive(found);
  }, 30_000);
});
