import type { Menu, Tray as ElectronTray } from 'electron';
import { eventsOf, loudEmitter } from '../loud.ts';
import { isStartedByHand } from './by-hand.ts';
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

/**
 * Nothing is drawn, so a person who starts the stand-in by hand has no tray, and the app is told so in time to open its
 * window. What the app has set is read by the probe, which works on Electron too, and not from here.
 */
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
    if (isStartedByHand()) throw new Error('There is no tray to draw in');
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
