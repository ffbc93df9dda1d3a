import type { makeMembrane } from './membrane.ts';
import type { WindowRequest } from './messages.ts';

/**
 * The page's own world, before any script of the page: takes in what the preload script exposes, and catches what
 * would open a further window. Catching it here and not when the window is there means that a denied one never existed.
 *
 * Runs in the page as text: it may use nothing from outside of itself.
 */
export function mainWorld(join: typeof makeMembrane, outgoing: string, incoming: string): void {
  const membrane = join(outgoing, incoming);
  // The preload script's world offers one function, number 0: it reports a request for a window.
  const report = (request: WindowRequest): void => void membrane.call(0, [request]);

  membrane.offer((key, api) => {
    const name = key as string;
    if (name in window) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    Object.defineProperty(window, name, { value: deepFreeze(api), enumerable: true });
  });

  function deepFreeze(value: unknown): unknown {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
    if (ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
    for (const item of Object.values(value) as unknown[]) deepFreeze(item);
    return Object.freeze(value);
  }

  window.open = (url = '', target = '', features = '') => {
    const address = String(url);
    const absolute = address === '' ? 'about:blank' : URL.parse(address, document.baseURI)?.href;
    if (absolute === undefined)
      throw new DOMException(`Unable to open a window with invalid URL '${address}'.`, 'SyntaxError');
    const disposition = features === '' ? 'foreground-tab' : 'new-window';
    report({ url: absolute, frameName: target === '_blank' ? '' : target, features, disposition });
    return null;
  };

  const SAME_WINDOW = new Set(['', '_self', '_parent', '_top']);

  /** Looks at an event after everybody else has had the chance to prevent it: registered last, it is called last. */
  function last<K extends 'click' | 'auxclick' | 'submit'>(
    type: K,
    look: (event: WindowEventMap[K]) => void,
  ): void {
    const bubbled = (event: WindowEventMap[K]): void => {
      if (!event.defaultPrevented) look(event);
    };
    const captured = (): void => {
      window.removeEventListener(type, bubbled);
      window.addEventListener(type, bubbled, { once: true });
    };
    window.addEventListener(type, captured, { capture: true });
  }

  function linkOf(event: Event): HTMLAnchorElement | HTMLAreaElement | undefined {
    const elements = event.composedPath().filter((part) => part instanceof Element);
    return elements.find(
      (element): element is HTMLAnchorElement | HTMLAreaElement =>
        (element instanceof HTMLAnchorElement || element instanceof HTMLAreaElement) && element.href !== '',
    );
  }

  function onClick(event: MouseEvent): void {
    const link = linkOf(event);
    if (link === undefined || link.hasAttribute('download') || link.protocol === 'javascript:') return;
    const target = link.target === '' ? (document.querySelector('base')?.target ?? '') : link.target;
    const disposition = dispositionOf(event, target);
    if (disposition === undefined) return;
    event.preventDefault();
    report({ url: link.href, frameName: target === '_blank' ? '' : target, features: '', disposition });
  }

  function dispositionOf(event: MouseEvent, target: string): WindowRequest['disposition'] | undefined {
    const tab = event.button === 1 || event.ctrlKey || event.metaKey;
    if (event.button > 1) return undefined;
    if (tab) return event.shiftKey ? 'foreground-tab' : 'background-tab';
    if (event.shiftKey) return 'new-window';
    return SAME_WINDOW.has(target) ? undefined : 'foreground-tab';
  }

  last('click', onClick);
  last('auxclick', onClick);
  last('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const target = event.submitter?.getAttribute('formtarget') ?? form.target;
    if (SAME_WINDOW.has(target)) return;
    event.preventDefault();
    report({
      url: form.action,
      frameName: target === '_blank' ? '' : target,
      features: '',
      disposition: 'foreground-tab',
    });
  });
}
