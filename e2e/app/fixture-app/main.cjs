/** A small app that uses Electron the way Credence does. Plain Node; knows nothing of what it runs on. */
const {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  nativeImage,
  Notification,
  protocol,
  session,
  shell,
  Tray,
} = require('electron');
const { mkdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const SCHEME = 'claims-app';
const PAGE = `${SCHEME}://bundle/index.html`;
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' };
/** One grey pixel. */
const ICON =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** What the specs read through `electronApp.evaluate`. */
const state = {
  quitting: false,
  crashes: [],
  prevented: [],
  seconds: [],
  permissions: [],
  preloadErrors: [],
  messages: [],
};
globalThis.claims = state;

protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.enableSandbox();
mkdirSync(app.getPath('userData'), { recursive: true });

let window;
let tray;

if (app.requestSingleInstanceLock({ greeting: 'hello' })) {
  app.on('second-instance', (_event, argv, folder, data) => {
    state.seconds.push({ last: argv.at(-1), folder, data });
    window.show();
  });
  app.on('before-quit', () => (state.quitting = true));
  app.on('window-all-closed', () => undefined);
  app.on('web-contents-created', (_event, contents) => guard(contents));
  app.whenReady().then(start);
} else {
  app.quit();
}

function start() {
  protocol.handle(SCHEME, answer);
  session.defaultSession.setPermissionRequestHandler((_contents, name, callback) => {
    state.permissions.push(name);
    callback(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
  ipcMain.handle('echo', (event, value) => ({ value, from: event.senderFrame?.url }));
  ipcMain.handle('fails', () => {
    throw new TypeError('no such thing');
  });
  ipcMain.handle('uncloneable', () => () => 1);
  ipcMain.handle('is-main-frame', (event) => event.senderFrame === event.sender.mainFrame);
  ipcMain.on('tell', (event, text) => {
    state.messages.push(text);
    event.reply('news', `you said ${text}`);
  });
  Menu.setApplicationMenu(null);
  window = openWindow();
  tray = openTray();
}

function openWindow() {
  const made = new BrowserWindow({
    width: 440,
    height: 720,
    show: false,
    title: 'Host claims',
    webPreferences: {
      preload: process.env.CLAIMS_PRELOAD ?? path.join(__dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
    },
  });
  made.once('ready-to-show', () => (state.readyToShow = true));
  made.on('close', (event) => {
    if (state.quitting) return;
    event.preventDefault();
    made.hide();
  });
  made.loadURL(PAGE);
  return made;
}

function openTray() {
  const made = new Tray(nativeImage.createFromDataURL(ICON));
  made.setToolTip('Host claims: fine');
  made.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'All is well', enabled: false },
      { label: 'Open', click: () => window.show() },
      {
        label: 'Mode',
        submenu: [
          { label: 'One', type: 'radio', checked: true },
          { label: 'Two', type: 'radio' },
        ],
      },
      {
        label: 'Notify',
        click: () => new Notification({ title: 'Winner changed', body: 'To something else' }).show(),
      },
      { type: 'separator' },
      { role: 'quit' },
    ]),
  );
  return made;
}

function guard(contents) {
  contents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https://')) shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    state.prevented.push(event.url);
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('preload-error', (_event, file, error) =>
    state.preloadErrors.push({ file, message: error.message }),
  );
  contents.on('render-process-gone', (_event, details) => {
    state.crashes.push(details.reason);
    contents.reload();
  });
}

function answer(request) {
  const { host, pathname } = new URL(request.url);
  const file = path.join(__dirname, pathname);
  const type = TYPES[path.extname(file)];
  if (host !== 'bundle' || type === undefined || path.dirname(file) !== __dirname)
    return new Response(null, { status: 404 });
  try {
    return new Response(readFileSync(file), {
      headers: { 'content-type': type, 'content-security-policy': CSP },
    });
  } catch {
    return new Response(null, { status: 404 });
  }
}
