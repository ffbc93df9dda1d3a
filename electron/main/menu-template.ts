import type { MenuItemConstructorOptions } from 'electron';
import type { MenuAction, MenuItem } from '../../shared/ipc/snapshot.ts';

/** The menu of the snapshot as the system draws it. Rows that only tell something are disabled. */
export function menuTemplate(
  items: readonly MenuItem[],
  act: (action: MenuAction) => void,
): MenuItemConstructorOptions[] {
  return items.map((item): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'text':
        return { label: shown(item.label), enabled: false };
      case 'menu':
        return { label: shown(item.label), submenu: menuTemplate(item.items, act) };
      case 'action':
        return {
          label: shown(item.label),
          enabled: item.enabled,
          ...(item.checked === null ? {} : { type: 'radio', checked: item.checked }),
          ...(item.accelerator === null ? {} : { accelerator: item.accelerator }),
          click: () => {
            act(item.action);
          },
        };
    }
  });
}

/** A single `&` would be taken for a mnemonic. */
const shown = (label: string): string => label.replaceAll('&', '&&');
