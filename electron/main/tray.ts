import { Menu, nativeImage, nativeTheme, Tray, type NativeImage } from 'electron';
import type { MenuAction, MenuItem, VerdictMark } from '../../shared/ipc/snapshot.ts';
import { menuTemplate } from './menu-template.ts';
import { trayIconPng, type Colour, type IconColours } from './tray-icon.ts';

export interface AppTray {
  readonly show: (mark: VerdictMark, tooltip: string, menu: readonly MenuItem[]) => void;
  readonly close: () => void;
}

/** The tray’s icon with its menu; `null` where the desktop has no place for one. */
export function createTray(
  template: boolean,
  act: (action: MenuAction) => void,
  opened: () => void,
): AppTray | null {
  const tray = makeTray(template);
  if (tray === null) return null;
  let shown = '';
  let last: Parameters<AppTray['show']> | null = null;
  tray.on('click', opened);
  const show: AppTray['show'] = (mark, tooltip, items) => {
    last = [mark, tooltip, items];
    // Building a menu closes one that is open, so it is only done when it reads differently.
    const next = JSON.stringify([mark, tooltip, items, nativeTheme.shouldUseDarkColors]);
    if (next === shown) return;
    shown = next;
    tray.setImage(icon(mark, template));
    tray.setToolTip(tooltip);
    tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(items, act)));
  };
  // The panel may have turned dark or light.
  const redraw = (): void => {
    if (last !== null) show(...last);
  };
  nativeTheme.on('updated', redraw);
  return {
    show,
    close: () => {
      nativeTheme.off('updated', redraw);
      tray.destroy();
    },
  };
}

function makeTray(template: boolean): Tray | null {
  try {
    return new Tray(icon('unknown', template));
  } catch {
    return null;
  }
}

const BLACK: Colour = [0, 0, 0];
const WHITE: Colour = [255, 255, 255];
const AMBER: Colour = [224, 150, 20];
const RED: Colour = [214, 60, 50];

/** macOS tints a template itself; elsewhere the panel’s colour is guessed from the theme. */
function icon(mark: VerdictMark, template: boolean): NativeImage {
  const image = nativeImage.createFromBuffer(trayIconPng(mark, 32, coloursOf(mark, template)), {
    scaleFactor: 2,
  });
  if (template) image.setTemplateImage(true);
  return image;
}

function coloursOf(mark: VerdictMark, template: boolean): IconColours {
  if (template) return { ink: BLACK, content: BLACK };
  const ink = nativeTheme.shouldUseDarkColors ? WHITE : BLACK;
  if (mark === 'metered' || mark === 'attention') return { ink, content: AMBER };
  return { ink, content: mark === 'broken' ? RED : ink };
}
