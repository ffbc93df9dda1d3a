import { beforeEach, expect, test, vi } from 'vitest';
import { channelOf, COMMAND_NAMES } from '../../shared/ipc/names.ts';
import { registerCommands, type Handlers } from './commands.ts';
import { DONE } from './run-command.ts';

type Listener = (event: unknown, ...args: readonly unknown[]) => Promise<unknown>;
const ipc = vi.hoisted(() => ({ listeners: new Map<string, Listener>() }));
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: Listener) => ipc.listeners.set(channel, listener) },
}));

const called: string[] = [];
const handlers = Object.fromEntries(
  COMMAND_NAMES.map((name) => [
    name,
    () => {
      called.push(name);
      return Promise.resolve(DONE);
    },
  ]),
) as unknown as Handlers;

beforeEach(() => {
  called.length = 0;
  ipc.listeners.clear();
});

test('There is one channel for each command, and no other.', () => {
  registerCommands(handlers, () => true);
  expect([...ipc.listeners.keys()]).toEqual(COMMAND_NAMES.map(channelOf));
});

test.each(COMMAND_NAMES)('Nobody but the own page can ask for %s.', async (name) => {
  const asked: unknown[] = [];
  registerCommands(handlers, (...from) => {
    asked.push(from);
    return false;
  });
  const reply = await ipc.listeners.get(channelOf(name))?.({ sender: 'a', senderFrame: null });
  expect(reply).toMatchObject({ ok: false, failure: 'refused' });
  expect([asked, called]).toEqual([[['a', null]], []]);
});

test('The own page is answered by the handler of that name.', async () => {
  registerCommands(handlers, () => true);
  const event = { sender: 'a', senderFrame: 'b' };
  expect(await ipc.listeners.get(channelOf('setMode'))?.(event, 'print')).toEqual(DONE);
  expect(await ipc.listeners.get(channelOf('setMode'))?.(event, 'sideways')).toMatchObject({
    failure: 'refused',
  });
  expect(called).toEqual(['setMode']);
});
