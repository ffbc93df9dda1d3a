import type { Carried, makeCarrier } from './carrier.ts';
import type { makeMembrane } from './membrane.ts';
import type { FromPage, PreloadSettings, ToPage } from './messages.ts';

type Listener = (...args: readonly unknown[]) => void;
type Preload = (...parameters: readonly unknown[]) => void;

/**
 * The preload script's world: what `require('electron')` gives there, and the script itself.
 *
 * Runs in the page as text: it may use nothing from outside of itself.
 */
export function preloadWorld(
  settings: PreloadSettings,
  join: typeof makeMembrane,
  carry: typeof makeCarrier,
  preload: Preload,
): void {
  const globals = globalThis as unknown as Record<string, unknown>;
  const post = globals[settings.binding] as (text: string) => void;
  // Only this script speaks with the host.
  Reflect.deleteProperty(globals, settings.binding);
  const tell = (message: FromPage): void => {
    post(JSON.stringify(message));
  };

  const carrier = carry();
  const membrane = join(settings.toMain, settings.toPreload);
  membrane.offer((request) => {
    tell({ kind: 'open', request: request as Extract<FromPage, { kind: 'open' }>['request'] });
  });

  class Emitter {
    readonly #listeners = new Map<string, { listener: Listener; once: boolean }[]>();
    on(event: string, listener: Listener, once = false): this {
      this.#listeners.set(event, [...this.#of(event), { listener, once }]);
      return this;
    }
    once(event: string, listener: Listener): this {
      return this.on(event, listener, true);
    }
    addListener(event: string, listener: Listener): this {
      return this.on(event, listener);
    }
    off(event: string, listener: Listener): this {
      const kept = this.#of(event);
      const index = kept.findLastIndex((entry) => entry.listener === listener);
      this.#listeners.set(event, index < 0 ? kept : kept.toSpliced(index, 1));
      return this;
    }
    removeListener(event: string, listener: Listener): this {
      return this.off(event, listener);
    }
    removeAllListeners(event: string): this {
      this.#listeners.delete(event);
      return this;
    }
    listenerCount(event: string): number {
      return this.#of(event).length;
    }
    emit(event: string, ...args: readonly unknown[]): boolean {
      const all = this.#of(event);
      for (const { listener, once } of all) {
        if (once) this.off(event, listener);
        listener.call(this, ...args);
      }
      return all.length > 0;
    }
    #of(event: string): { listener: Listener; once: boolean }[] {
      return this.#listeners.get(event) ?? [];
    }
  }

  const invocations = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void; channel: string }
  >();
  let lastInvocation = 0;

  class IpcRenderer extends Emitter {
    invoke(channel: string, ...args: readonly unknown[]): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const carried = carrier.encode(args);
        const id = ++lastInvocation;
        invocations.set(id, { resolve, reject, channel });
        tell({ kind: 'invoke', id, channel, args: carried, from: location.href });
      });
    }
    send(channel: string, ...args: readonly unknown[]): void {
      tell({ kind: 'send', channel, args: carrier.encode(args), from: location.href });
    }
  }
  const ipcRenderer = loud('ipcRenderer', new IpcRenderer());

  function settle(
    id: number,
    act: (invocation: NonNullable<ReturnType<typeof invocations.get>>) => void,
  ): void {
    const invocation = invocations.get(id);
    invocations.delete(id);
    if (invocation !== undefined) act(invocation);
  }

  function receive(message: ToPage): void {
    switch (message.kind) {
      case 'reply':
        settle(message.id, ({ resolve }) => {
          resolve(carrier.decode(message.result));
        });
        break;
      case 'failure':
        settle(message.id, ({ reject, channel }) => {
          reject(new Error(`Error invoking remote method '${channel}': ${message.error}`));
        });
        break;
      case 'message':
        ipcRenderer.emit(message.channel, { sender: ipcRenderer, ports: [] }, ...listOf(message.args));
        break;
    }
  }
  Object.defineProperty(globals, settings.receiver, {
    value: (text: string) => {
      try {
        receive(JSON.parse(text) as ToPage);
      } catch (error) {
        // A listener's mistake is the page's, and to be seen there.
        reportError(error);
      }
    },
  });

  function listOf(args: Carried): readonly unknown[] {
    return carrier.decode(args) as readonly unknown[];
  }

  const contextBridge = loud('contextBridge', {
    exposeInMainWorld: (key: string, api: unknown): void => void membrane.call(0, [key, api]),
  });

  const electron = loud('electron', { contextBridge, ipcRenderer });
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval };
  const modules: Readonly<Record<string, unknown>> = {
    electron,
    events: Object.assign(Emitter, { EventEmitter: Emitter }),
    timers: loud('timers', timers),
    url: loud('url', { URL, URLSearchParams }),
  };

  function requireModule(name: string): unknown {
    const known = modules[name.replace(/^node:/, '').replace(/^electron\/(renderer|common)$/, 'electron')];
    if (known === undefined) throw new Error(`module not found: ${name}`);
    return known;
  }

  const process = loud('process', {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    platform: settings.platform,
    arch: settings.arch,
    versions: settings.versions,
    env: {},
    argv: [],
  });

  function loud<T extends object>(name: string, object: T): T {
    return new Proxy(object, {
      get(target, property) {
        if (
          !(property in target) &&
          typeof property === 'string' &&
          !['then', '__esModule', 'toJSON'].includes(property)
        ) {
          throw new Error(`stand-in: ${name}.${property} is not implemented in the preload script`);
        }
        const value: unknown = Reflect.get(target, property);
        return typeof value === 'function' && name === 'ipcRenderer'
          ? (value.bind(target) as unknown)
          : value;
      },
    });
  }

  window.addEventListener('resize', () => {
    tell({ kind: 'resized', width: window.innerWidth, height: window.innerHeight });
  });

  try {
    const exports = {};
    const later = (act: () => void): unknown => setTimeout(act, 0);
    preload(
      requireModule,
      process,
      exports,
      { exports },
      loud('Buffer', {}),
      globalThis,
      later,
      clearTimeout,
    );
  } catch (error) {
    console.error(`Unable to load preload script: ${settings.preload}`);
    console.error(error);
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: 'preload-error', message, stack });
  }
}
