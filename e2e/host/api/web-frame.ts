import type { WebFrameMain } from 'electron';
import { loudPrototype, standingFor } from '../loud.ts';
import { originOf } from './custom-schemes.ts';

interface Document {
  readonly url: () => string;
  readonly isDestroyed: () => boolean;
  readonly send: (channel: string, args: readonly unknown[]) => void;
}

/** The top frame of a page, the only one that the host knows. */
class MainFrame implements Pick<
  WebFrameMain,
  | 'url'
  | 'origin'
  | 'parent'
  | 'top'
  | 'frames'
  | 'detached'
  | 'routingId'
  | 'processId'
  | 'isDestroyed'
  | 'send'
> {
  readonly parent = null;
  readonly frames: WebFrameMain[] = [];
  readonly detached = false;
  readonly routingId = 1;
  readonly processId: number;
  readonly #document: Document;

  constructor(processId: number, document: Document) {
    this.processId = processId;
    this.#document = document;
  }

  get url(): string {
    return this.#document.url();
  }
  get origin(): string {
    return originOf(this.url);
  }
  get top(): WebFrameMain {
    return standingFor<WebFrameMain>(this);
  }
  isDestroyed(): boolean {
    return this.#document.isDestroyed();
  }
  send(channel: string, ...args: readonly unknown[]): void {
    this.#document.send(channel, args);
  }
}
Object.setPrototypeOf(MainFrame.prototype, loudPrototype('webFrameMain'));

/** @param processId any number that tells this page's frames from those of others */
export function mainFrame(processId: number, document: Document): WebFrameMain {
  return standingFor<WebFrameMain>(new MainFrame(processId, document));
}
