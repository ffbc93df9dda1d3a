import type { Notification as ElectronNotification, NotificationConstructorOptions } from 'electron';
import { eventsOf, loudEmitter, makeEvent } from '../loud.ts';

const EVENTS = eventsOf<ElectronNotification>()('action', 'click', 'close', 'failed', 'reply', 'show');

/** Nothing is shown, and nobody clicks but a test. */
export class Notification
  extends loudEmitter('Notification', EVENTS)
  implements Pick<ElectronNotification, 'body' | 'close' | 'show' | 'silent' | 'title'>
{
  title: string;
  body: string;
  silent: boolean;

  static isSupported(): boolean {
    return true;
  }

  constructor({ title = '', body = '', silent = false }: NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
    this.silent = silent;
  }

  show(): void {
    setImmediate(() => this.emit('show', makeEvent({})));
  }
  close(): void {
    setImmediate(() => this.emit('close', makeEvent({})));
  }
}
