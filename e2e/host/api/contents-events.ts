import type { RenderProcessGoneDetails, WebContents } from 'electron';
import type { PageOwner, Size } from '../chromium/page.ts';
import type { FromPage, ToPage, WindowRequest } from '../in-page/messages.ts';
import { makeEvent } from '../loud.ts';
import { dispatchInvoke, dispatchMessage } from './ipc-main.ts';

/** What a page's contents do when something happens to the page. */
export interface ContentsEvents extends Pick<
  PageOwner,
  'requested' | 'navigated' | 'finished' | 'destroyed'
> {
  readonly contents: WebContents;
  /** A document has spoken, from that address of Chromium's. */
  readonly received: (from: string) => void;
  readonly answer: (message: ToPage) => void;
  readonly crashed: (details: RenderProcessGoneDetails) => void;
  readonly preloadFailed: (error: Error) => void;
  readonly resized: (size: Size) => void;
  readonly windowRequested: (request: WindowRequest) => void;
}

/** Chromium's names that are also Electron's. */
const REASONS = ['crashed', 'killed', 'oom'] as const;

/** Sorts what a page reports. */
export function pageOwner(events: ContentsEvents): PageOwner {
  return {
    requested: events.requested,
    navigated: events.navigated,
    finished: events.finished,
    destroyed: events.destroyed,
    received: (message) => {
      sort(events, message);
    },
    domReady: () => events.contents.emit('dom-ready', makeEvent({})),
    opened: (url) => {
      events.windowRequested({ url, frameName: '', features: '', disposition: 'new-window' });
    },
    crashed: (status, exitCode) => {
      const reason = REASONS.find((known) => known === status) ?? 'abnormal-exit';
      events.crashed({ reason, exitCode });
    },
  };
}

function sort(events: ContentsEvents, message: FromPage): void {
  const { contents, answer } = events;
  switch (message.kind) {
    case 'invoke':
      events.received(message.from);
      void dispatchInvoke({ contents, frame: contents.mainFrame, answer }, message);
      break;
    case 'send':
      events.received(message.from);
      dispatchMessage({ contents, frame: contents.mainFrame, answer }, message);
      break;
    case 'open':
      events.windowRequested(message.request);
      break;
    case 'resized':
      events.resized(message);
      break;
    case 'preload-error':
      events.preloadFailed(Object.assign(new Error(message.message), { stack: message.stack }));
      break;
  }
}
