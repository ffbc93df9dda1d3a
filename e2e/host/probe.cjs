/**
 * Reads what Electron has no way to read: what a tray shows, which notifications came. Loaded before the app with
 * `-r`, on Electron and on the stand-in alike; tests find it at `globalThis.__probe`.
 *
 * Electron's exports cannot be replaced, so it is the prototypes that are wrapped.
 */
const { Notification, Tray } = require('electron');

/**
 * @typedef {object} TrayRecord
 * @property {Electron.Tray} tray
 * @property {string} tooltip
 * @property {string} title
 * @property {Electron.Menu | null} menu
 * @property {unknown} image what setImage was given last; what the constructor was given is not seen
 * @property {boolean} destroyed
 */

/** @type {TrayRecord[]} */
const trays = [];
/** @type {{ notification: Electron.Notification, title: string, body: string, closed: boolean }[]} */
const notifications = [];

/** @param {Electron.Tray} tray */
function recordOf(tray) {
  const known = trays.find((record) => record.tray === tray);
  if (known !== undefined) return known;
  const record = { tray, tooltip: '', title: '', menu: null, image: undefined, destroyed: false };
  trays.push(record);
  return record;
}

/**
 * @param {object} prototype
 * @param {string} method
 * @param {(self: any, args: any[]) => void} look called before the method itself
 */
function watch(prototype, method, look) {
  const original = Reflect.get(prototype, method);
  Object.defineProperty(prototype, method, {
    configurable: true,
    writable: true,
    /** @param {any[]} args */
    value: function (...args) {
      look(this, args);
      return Reflect.apply(original, this, args);
    },
  });
}

watch(Tray.prototype, 'setToolTip', (tray, [text]) => {
  recordOf(tray).tooltip = text;
});
watch(Tray.prototype, 'setTitle', (tray, [text]) => {
  recordOf(tray).title = text;
});
watch(Tray.prototype, 'setContextMenu', (tray, [menu]) => {
  recordOf(tray).menu = menu;
});
watch(Tray.prototype, 'setImage', (tray, [image]) => {
  recordOf(tray).image = image;
});
watch(Tray.prototype, 'destroy', (tray) => {
  recordOf(tray).destroyed = true;
});
watch(Notification.prototype, 'show', (notification) => {
  notifications.push({ notification, title: notification.title, body: notification.body, closed: false });
});
watch(Notification.prototype, 'close', (notification) => {
  const record = notifications.find((shown) => shown.notification === notification);
  if (record !== undefined) record.closed = true;
});

/** The tray that is there now. */
function tray() {
  const record = trays.findLast(({ destroyed }) => !destroyed);
  if (record === undefined) throw new Error('probe: the app has no tray');
  return record;
}

/**
 * @param {readonly Electron.MenuItem[]} items
 * @returns {object[]}
 */
function describe(items) {
  return items
    .filter(({ visible }) => visible)
    .map(({ label, type, enabled, checked, submenu }) => ({
      label,
      type,
      enabled,
      checked,
      items: describe(submenu?.items ?? []),
    }));
}

/**
 * Chooses a menu item as a person would, who cannot choose what is not enabled.
 *
 * @param {string[]} path labels, from the menu's first level down
 */
function choose(path) {
  let items = tray().menu?.items ?? [];
  let found;
  for (const label of path) {
    found = items.find((item) => item.visible && item.label === label);
    if (found === undefined)
      throw new Error(`probe: no “${label}” among ${items.map((item) => item.label).join(', ')}`);
    if (!found.enabled) throw new Error(`probe: “${label}” is not enabled`);
    items = found.submenu?.items ?? [];
  }
  found?.click();
}

Reflect.set(globalThis, '__probe', {
  trays,
  notifications,
  tray,
  choose,
  /** @param {number} index */
  clickNotification: (index) => notifications[index]?.notification.emit('click', {}),
  /** What a person sees of the tray, as plain data. */
  shown: () => ({ tooltip: tray().tooltip, title: tray().title, items: describe(tray().menu?.items ?? []) }),
});
