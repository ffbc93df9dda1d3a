import { contextBridge, ipcRenderer } from 'electron';
import { channelOf, COMMAND_NAMES, SCREEN_CHANNEL, SNAPSHOT_CHANNEL } from '../../shared/ipc/names.ts';

/** The event object stays here: through it a page could reach the sender. */
const listen =
  (channel: string) =>
  (listener: (message: unknown) => void): (() => void) => {
    const relay = (_event: unknown, message: unknown): void => {
      listener(message);
    };
    ipcRenderer.on(channel, relay);
    return () => {
      ipcRenderer.removeListener(channel, relay);
    };
  };

const commands = Object.fromEntries(
  COMMAND_NAMES.map((name) => [
    name,
    (...args: readonly unknown[]): Promise<unknown> => ipcRenderer.invoke(channelOf(name), ...args),
  ]),
);

contextBridge.exposeInMainWorld('credence', {
  ...commands,
  onSnapshot: listen(SNAPSHOT_CHANNEL),
  onScreen: listen(SCREEN_CHANNEL),
});
