import type { Reply } from '../../shared/ipc/contract.ts';
import { COMMAND_NAMES } from '../../shared/ipc/names.ts';
import type { Screen, Snapshot } from '../../shared/ipc/snapshot.ts';

/** What a spec sees of the bridge, at `window.fake`. */
export interface Fake {
  readonly commands: (readonly [name: string, ...args: readonly unknown[]])[];
  readonly publish: (snapshot: Snapshot) => void;
  readonly show: (screen: Screen) => void;
  /** What that command replies from now on. */
  readonly answerWith: (name: string, reply: Reply<unknown>) => void;
  /** Listeners that are still there. */
  readonly listening: () => number;
}

declare global {
  interface Window {
    readonly fake: Fake;
    harmed?: boolean;
    readonly violations: readonly string[];
  }
}

export interface FakeOptions {
  readonly snapshot: Snapshot;
  readonly names: readonly string[];
  /** The first question for a snapshot is not answered with one. */
  readonly isMute: boolean;
}

export const fakeOptions = (snapshot: Snapshot, isMute: boolean): FakeOptions => ({
  snapshot,
  names: COMMAND_NAMES,
  isMute,
});

/** Runs in the page, before any of its scripts: stands where the preload’s bridge would, and writes down what is asked. */
export function installFake({ snapshot, names, isMute }: FakeOptions): void {
  const commands: Fake['commands'] = [];
  const replies = new Map<string, Reply<unknown>>();
  if (isMute) replies.set('getSnapshot', { ok: false, failure: 'internal', message: 'Nothing was told.' });
  const violations: string[] = [];
  const snapshotListeners = new Set<(next: Snapshot) => void>();
  const screenListeners = new Set<(next: Screen) => void>();
  const listen =
    <Value>(listeners: Set<(value: Value) => void>) =>
    (listener: (value: Value) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
  const command =
    (name: string) =>
    (...args: readonly unknown[]): Promise<Reply<unknown>> => {
      commands.push([name, ...args]);
      const usual = { ok: true, value: name === 'getSnapshot' ? snapshot : null } as const;
      return Promise.resolve(replies.get(name) ?? usual);
    };
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    violations.push(`${violatedDirective} ${blockedURI}`);
  });
  const fake: Fake = {
    commands,
    publish: (next) => {
      for (const listener of snapshotListeners) listener(next);
    },
    show: (screen) => {
      for (const listener of screenListeners) listener(screen);
    },
    answerWith: (name, reply) => {
      replies.set(name, reply);
    },
    listening: () => snapshotListeners.size + screenListeners.size,
  };
  Object.assign(window, {
    fake,
    violations,
    credence: {
      ...Object.fromEntries(names.map((name) => [name, command(name)])),
      onSnapshot: listen(snapshotListeners),
      onScreen: listen(screenListeners),
    },
  });
}
