import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import { makeCarrier } from '../in-page/carrier.ts';
import type { FromPage, ToPage } from '../in-page/messages.ts';
import { loudPrototype, makeEvent } from '../loud.ts';

type Handler = Parameters<IpcMain['handle']>[1];

/** Who speaks, and how to answer. */
export interface Speaker {
  readonly contents: WebContents;
  readonly frame: WebFrameMain;
  readonly answer: (message: ToPage) => void;
}

const carrier = makeCarrier();

class IpcMainStandIn
  extends EventEmitter
  implements Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler' | 'on'>
{
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args: readonly unknown[]): unknown => {
      this.removeHandler(channel);
      return handler(event, ...args) as unknown;
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  handlerOf(channel: string): Handler | undefined {
    return this.#handlers.get(channel);
  }
}
Object.setPrototypeOf(IpcMainStandIn.prototype, loudPrototype('ipcMain', EventEmitter.prototype));

export const ipcMain = new IpcMainStandIn();

/** What a page has sent with `ipcRenderer.send`. */
export function dispatchMessage(
  speaker: Speaker,
  { channel, args }: Extract<FromPage, { kind: 'send' }>,
): void {
  const { contents, frame } = speaker;
  const event: IpcMainEvent = makeEvent({
    ...origin(speaker),
    ports: [],
    reply: (to: string, ...further: readonly unknown[]): void => {
      frame.send(to, ...further);
    },
    returnValue: undefined,
  });
  const list = listOf(args);
  contents.emit('ipc-message', event, channel, ...list);
  ipcMain.emit(channel, event, ...list);
}

/** What a page has asked with `ipcRenderer.invoke`. */
export async function dispatchInvoke(
  speaker: Speaker,
  { id, channel, args }: Extract<FromPage, { kind: 'invoke' }>,
): Promise<void> {
  try {
    const handler = ipcMain.handlerOf(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const event: IpcMainInvokeEvent = makeEvent(origin(speaker));
    const result: unknown = await handler(event, ...listOf(args));
    speaker.answer({ kind: 'reply', id, result: carrier.encode(result) });
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    speaker.answer({ kind: 'failure', id, error: String(error) });
  }
}

function origin({ contents, frame }: Speaker) {
  const { processId, routingId: frameId } = frame;
  return { type: 'frame' as const, sender: contents, senderFrame: frame, processId, frameId };
}

function listOf(args: Parameters<typeof carrier.decode>[0]): readonly unknown[] {
  return carrier.decode(args) as readonly unknown[];
}
