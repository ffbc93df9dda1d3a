import { beforeAll, expect, test, vi } from 'vitest';
import { channelOf, COMMAND_NAMES, SCREEN_CHANNEL, SNAPSHOT_CHANNEL } from '../../shared/ipc/names.ts';

type Relay = (event: unknown, message: unknown) => void;
const stub = vi.hoisted(() => ({
  exposed: new Map<string, Readonly<Record<string, (...args: readonly unknown[]) => unknown>>>(),
  invoked: [] as unknown[],
  relays: new Map<string, Set<Relay>>(),
}));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: Record<string, () => unknown>) => stub.exposed.set(name, api),
  },
  ipcRenderer: {
    invoke: (...args: readonly unknown[]) => {
      stub.invoked.push(args);
      return Promise.resolve('reply');
    },
    on: (channel: string, relay: Relay) => {
      stub.relays.set(channel, (stub.relays.get(channel) ?? new Set()).add(relay));
    },
    removeListener: (channel: string, relay: Relay) => stub.relays.get(channel)?.delete(relay),
  },
}));

beforeAll(async () => {
  await import('./preload.ts');
});

test('The page is given one function for each command, and two to listen with; nothing else.', () => {
  expect([...stub.exposed.keys()]).toEqual(['credence']);
  const api = stub.exposed.get('credence') ?? {};
  expect(Object.keys(api).sort()).toEqual([...COMMAND_NAMES, 'onScreen', 'onSnapshot'].sort());
  for (const member of Object.values(api)) expect(typeof member).toBe('function');
});

test.each(COMMAND_NAMES)('%s asks on its own channel alone.', async (name) => {
  stub.invoked.length = 0;
  expect(await stub.exposed.get('credence')?.[name]?.('a', 'b')).toBe('reply');
  expect(stub.invoked).toEqual([[channelOf(name), 'a', 'b']]);
});

test.each([
  ['onSnapshot', SNAPSHOT_CHANNEL],
  ['onScreen', SCREEN_CHANNEL],
])('%s hands over the message without the event, until it is ended.', (name, channel) => {
  const heard: unknown[] = [];
  const end = stub.exposed.get('credence')?.[name]?.((...args: readonly unknown[]) => heard.push(args));
  for (const relay of stub.relays.get(channel) ?? []) relay({ sender: 'secret' }, 'message');
  expect(heard).toEqual([['message']]);
  (end as () => void)();
  expect(stub.relays.get(channel)?.size).toBe(0);
});
