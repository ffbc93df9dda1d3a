import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuAction } from '../../shared/ipc/snapshot.ts';

/**
 * The menu of the window: its keys work while the window has the focus. What a tray’s menu offers is in the window itself.
 *
 * @param onMac where copying needs a menu to work at all
 */
export function setAppMenu(onMac: boolean, act: (action: MenuAction) => void, close: () => void): void {
  const item = (label: string, accelerator: string, action: MenuAction): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => {
      act(action);
    },
  });
  const template: MenuItemConstructorOptions[] = [
    {
      label: 'Credence',
      submenu: [
        item('Refresh', 'CmdOrCtrl+R', { do: 'refresh' }),
        item('Settings…', 'CmdOrCtrl+,', { do: 'open-window', screen: 'settings' }),
        { label: 'Close Window', accelerator: 'CmdOrCtrl+W', click: close },
        item('Quit Credence', 'CmdOrCtrl+Q', { do: 'quit' }),
      ],
    },
    ...(onMac ? [{ role: 'editMenu' as const }] : []),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
