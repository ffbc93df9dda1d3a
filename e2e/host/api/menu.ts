import { EventEmitter } from 'node:events';
import type { KeyboardEvent, MenuItemConstructorOptions } from 'electron';
import { loudPrototype, notImplemented, standingFor } from '../loud.ts';
import { app } from './app.ts';

type ElectronMenu = Electron.Menu;
type ElectronMenuItem = Electron.MenuItem;
type Type = NonNullable<ElectronMenuItem['type']>;

const TYPES: readonly Type[] = ['normal', 'separator', 'submenu', 'checkbox', 'radio'];
const OPTIONS: readonly (keyof MenuItemConstructorOptions)[] = [
  'accelerator',
  'checked',
  'click',
  'enabled',
  'icon',
  'id',
  'label',
  'registerAccelerator',
  'role',
  'sublabel',
  'submenu',
  'toolTip',
  'type',
  'visible',
];

let lastCommand = 0;

export class MenuItem implements Pick<
  ElectronMenuItem,
  | 'accelerator'
  | 'checked'
  | 'click'
  | 'commandId'
  | 'enabled'
  | 'icon'
  | 'id'
  | 'label'
  | 'menu'
  | 'role'
  | 'sublabel'
  | 'submenu'
  | 'toolTip'
  | 'type'
  | 'visible'
> {
  readonly commandId = ++lastCommand;
  readonly accelerator: ElectronMenuItem['accelerator'];
  readonly id: string;
  readonly type: Type;
  declare readonly role: NonNullable<ElectronMenuItem['role']>;
  declare readonly submenu: ElectronMenu;
  declare menu: ElectronMenu;
  declare icon: NonNullable<ElectronMenuItem['icon']>;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  readonly click: (event?: KeyboardEvent, window?: Electron.BaseWindow) => void;
  #checked: boolean;

  constructor(options: MenuItemConstructorOptions) {
    for (const name of Object.keys(options)) {
      if (!(OPTIONS as readonly string[]).includes(name)) throw notImplemented(`MenuItem option ${name}`);
    }
    const { role, submenu, click, icon, type = submenu === undefined ? 'normal' : 'submenu' } = options;
    if (!TYPES.includes(type)) throw notImplemented(`MenuItem type ${type}`);
    if (type === 'submenu' && submenu === undefined) throw new Error('Invalid submenu');
    if (role !== undefined && role !== 'quit') throw notImplemented(`MenuItem role ${role}`);
    // Own fields even where nothing was given, so that reading them is not loud.
    Object.assign(this, {
      role,
      icon,
      menu: undefined,
      submenu: submenu === undefined ? undefined : asMenu(submenu),
    });
    this.type = type;
    this.id = options.id ?? '';
    this.accelerator = options.accelerator ?? null;
    this.label = options.label ?? (role === 'quit' ? 'Quit' : '');
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.#checked = options.checked ?? false;
    this.click = (event, window) => {
      if (this.type === 'checkbox' || this.type === 'radio') this.checked = !this.checked;
      if (role === 'quit') app.quit();
      else click?.(standingFor<ElectronMenuItem>(this), window, event ?? {});
    };
  }

  get checked(): boolean {
    return this.#checked;
  }

  /** Of neighbouring radio items only one is checked, and clicking it again changes nothing. */
  set checked(checked: boolean) {
    if (this.type !== 'radio') {
      this.#checked = checked;
      return;
    }
    const items = (this.menu as ElectronMenu | undefined)?.items ?? [];
    for (const item of groupOf(items as unknown as readonly MenuItem[], this)) item.#checked = item === this;
  }
}
Object.setPrototypeOf(MenuItem.prototype, loudPrototype('MenuItem'));

function groupOf(items: readonly MenuItem[], member: MenuItem): readonly MenuItem[] {
  const isOther = (item: MenuItem): boolean => item.type !== 'radio';
  const at = items.indexOf(member);
  const first = items.slice(0, at).findLastIndex(isOther) + 1;
  const next = items.findIndex((item, index) => index > at && isOther(item));
  return items.slice(first, next < 0 ? items.length : next);
}

const applicationMenu: { menu: Menu | null } = { menu: null };

class Menu
  extends EventEmitter
  implements Pick<ElectronMenu, 'append' | 'getMenuItemById' | 'insert' | 'items'>
{
  readonly items: ElectronMenuItem[] = [];

  static buildFromTemplate(template: readonly unknown[]): Menu {
    if (!Array.isArray(template)) {
      throw new TypeError('Invalid template for Menu: Menu template must be an array');
    }
    const menu = new Menu();
    for (const item of template as readonly unknown[]) {
      menu.append(item instanceof MenuItem ? item : new MenuItem(item as MenuItemConstructorOptions));
    }
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu.menu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu.menu;
  }

  append(item: unknown): void {
    this.insert(this.items.length, item);
  }

  insert(position: number, item: unknown): void {
    if (!(item instanceof MenuItem)) throw new TypeError('Invalid item');
    this.items.splice(position, 0, standingFor<ElectronMenuItem>(item));
    item.menu = standingFor<ElectronMenu>(this);
  }

  getMenuItemById(id: string): ElectronMenuItem | null {
    for (const item of this.items) {
      const below = item.submenu?.getMenuItemById(id) ?? null;
      if (item.id === id) return item;
      if (below !== null) return below;
    }
    return null;
  }
}
Object.setPrototypeOf(Menu.prototype, loudPrototype('Menu', EventEmitter.prototype));
export { Menu };

function asMenu(submenu: unknown): ElectronMenu {
  const menu = submenu instanceof Menu ? submenu : Menu.buildFromTemplate(submenu as readonly unknown[]);
  return standingFor<ElectronMenu>(menu);
}
