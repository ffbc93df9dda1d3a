import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeDemoHome } from './demo-home.mjs';

/** How to find programs and how to write to this terminal. */
const OF_THE_TERMINAL = [
  'PATH',
  'TMPDIR',
  'TERM',
  'COLORTERM',
  'LANG',
  'LC_ALL',
  'NO_COLOR',
  'SystemRoot',
  'PATHEXT',
];

/** How to reach the display and the tray, and what chooses the program that shows the window. */
const OF_THE_DISPLAY = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_CURRENT_DESKTOP',
  'XDG_SESSION_TYPE',
  'BROWSER',
  'CREDENCE_CHROMIUM',
];

/**
 * @typedef {object} Demo
 * @property {string} home
 * @property {string} acme
 * @property {string} notes
 * @property {NodeJS.ProcessEnv} shell what a shell started in that home has
 * @property {NodeJS.ProcessEnv} desktop what an app started from that home's desktop has
 * @property {NodeJS.ProcessEnv} tray what Electron needs besides to draw in the real desktop's tray
 */

/**
 * Writes the made-up home, with the environments that go with it. Nothing in them leads back to the real one.
 *
 * @param {string} home an empty folder, by its real path
 * @param {NodeJS.ProcessEnv} real
 * @param {string} platform
 * @param {import('./demo-services.mjs').DemoServices} [services]
 * @returns {Demo}
 */
export function makeDemo(home, real, platform, services) {
  const { acme, beta, notes, quiet, variables } = writeDemoHome(home, Date.now());
  rememberFolders(home, platform, [notes, acme, beta, quiet]);
  if (services !== undefined) configureOrganisation(home, platform, services);
  const at = {
    ...(platform === 'win32' ? {} : { SHELL: '/bin/zsh' }),
    HOME: home,
    USERPROFILE: home,
    APPDATA: path.join(home, 'AppData/Roaming'),
    LOCALAPPDATA: path.join(home, 'AppData/Local'),
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    XDG_STATE_HOME: path.join(home, '.local/state'),
    ...(services?.bus == null ? {} : { DBUS_SESSION_BUS_ADDRESS: services.bus }),
  };
  const terminal = withPrograms(home, pick(real, OF_THE_TERMINAL));
  return {
    home,
    acme,
    notes,
    shell: { ...terminal, ...at, ...variables },
    // The forgotten key is found in the file it stands in, as by an app that no shell has started.
    desktop: { ...terminal, ...pick(real, OF_THE_DISPLAY), ...displayOf(real), ...at },
    // The keychain on the demo’s own bus must not be the person’s; a tray that is drawn over the session’s is not, then.
    tray: services?.bus == null ? pick(real, ['DBUS_SESSION_BUS_ADDRESS']) : {},
  };
}

const OWN_FOLDERS = new Map([
  ['darwin', 'Library/Application Support/Credence'],
  ['win32', 'AppData/Roaming/Credence'],
]);

/**
 * The app offers these folders, as if somebody had been there; it has not been allowed to look yet.
 *
 * @param {string} home
 * @param {string} platform
 * @param {readonly string[]} recent
 */
function rememberFolders(home, platform, recent) {
  keepOwn(home, platform, 'preferences.json', { schemaVersion: 1, looked: false, recent });
}

/**
 * @param {string} home
 * @param {string} platform
 * @param {import('./demo-services.mjs').DemoServices} services
 */
function configureOrganisation(home, platform, { issuer, clientId }) {
  const northwind = {
    name: 'northwind',
    issuer,
    clientId,
    scopes: ['openid', 'email', 'offline_access'],
    deviceFlow: true,
    baseUrl: 'https://gateway.northwind.example',
    header: 'authorization',
  };
  keepOwn(home, platform, 'providers.json', { schemaVersion: 1, providers: [northwind] });
}

/**
 * @param {string} home
 * @param {string} platform
 * @param {string} name
 * @param {unknown} content
 */
function keepOwn(home, platform, name, content) {
  const folder = path.join(home, OWN_FOLDERS.get(platform) ?? '.config/credence');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(folder, name), `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
}

/**
 * In front, the programs of the made-up home, where its own `claude` is.
 *
 * @param {string} home
 * @param {NodeJS.ProcessEnv} terminal
 * @returns {NodeJS.ProcessEnv}
 */
function withPrograms(home, terminal) {
  const programs = path.join(home, '.local/bin');
  return { ...terminal, PATH: [programs, terminal['PATH'] ?? ''].join(path.delimiter) };
}

/**
 * What would be looked for in the real home or the real session's folder, by its full path.
 *
 * @param {NodeJS.ProcessEnv} real
 * @returns {NodeJS.ProcessEnv}
 */
function displayOf({ HOME, XAUTHORITY, DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR }) {
  const authority = XAUTHORITY ?? (HOME === undefined ? undefined : path.join(HOME, '.Xauthority'));
  const isName = WAYLAND_DISPLAY !== undefined && !path.isAbsolute(WAYLAND_DISPLAY);
  return {
    ...(DISPLAY === undefined || authority === undefined ? {} : { XAUTHORITY: authority }),
    ...(isName && XDG_RUNTIME_DIR !== undefined
      ? { WAYLAND_DISPLAY: path.join(XDG_RUNTIME_DIR, WAYLAND_DISPLAY) }
      : {}),
  };
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly string[]} names
 * @returns {NodeJS.ProcessEnv}
 */
function pick(environment, names) {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
