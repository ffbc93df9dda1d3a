import type { Menu, Tray as ElectronTray } from 'electron';
import { eventsOf, loudEmitter } from '../loud.ts';
import { imageFrom } from './native-image.ts';

const EVENTS = eventsOf<ElectronTray>()(
  'click',
  'double-click',
  'right-click',
  'middle-click',
  'mouse-enter',
  'mouse-leave',
  'mouse-move',
);

/** Nothing is drawn. What the app has set is read by the probe, which works on Electron too, and not from here. */
export class Tray
  extends loudEmitter('Tray', EVENTS)
  implements
    Pick<
      ElectronTray,
      | 'destroy'
      | 'isDestroyed'
      | 'popUpContextMenu'
      | 'setContextMenu'
      | 'setImage'
      | 'setTitle'
      | 'setToolTip'
    >
{
  #destroyed = false;

  constructor(image: unknown) {
    super();
    imageFrom(image);
  }

  setImage(image: unknown): void {
    this.#alive();
    imageFrom(image);
  }
  setToolTip(text: string): void {
    this.#alive(text);
  }
  setTitle(text: string): void {
    this.#alive(text);
  }
  setContextMenu(menu: Menu | null): void {
    this.#alive(menu);
  }
  popUpContextMenu(): void {
    this.#alive();
  }
  destroy(): void {
    this.#destroyed = true;
    this.removeAllListeners();
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }

  #alive(...given: readonly unknown[]): void {
    if (this.#destroyed) throw new TypeError('Tray is destroyed');
    if (given.includes(undefined))
      throw new TypeError('Error processing argument at index 0, conversion failure');
  }
}
