/**
 * The programs that the tests run, and where each system keeps them.
 *
 * @typedef {object} Tool
 * @property {string} program
 * @property {string} apt   package on Debian and Ubuntu
 * @property {string} dnf   package on Fedora
 * @property {string} brew  formula on macOS
 * @property {readonly string[]} platforms where the tests run it
 * @property {readonly string[]} places full paths of what does as well
 */

/** What the stand-in for Electron shows windows in. */
export const CHROMIUM = tool('chromium', 'chromium', 'chromium', '--cask google-chrome', ['linux']);

/** Without a font a screenshot shows boxes. */
const DEJAVU = [
  '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
  '/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf',
  '/usr/share/fonts/TTF/DejaVuSans.ttf',
];

/** @type {readonly Tool[]} */
const TOOLS = [
  tool('git', 'git', 'git', 'git', ['linux', 'darwin', 'win32']),
  tool('zsh', 'zsh', 'zsh', 'zsh', ['linux', 'darwin']),
  tool('fish', 'fish', 'fish', 'fish', ['linux', 'darwin']),
  // Linux only: what watches system calls, changes the user, or gives a test a mount namespace of its own.
  tool('strace', 'strace', 'strace', '', ['linux']),
  tool('unshare', 'util-linux', 'util-linux', '', ['linux']),
  tool('setpriv', 'util-linux', 'util-linux', '', ['linux']),
  tool('script', 'bsdutils', 'util-linux-script', '', ['linux']),
  tool('find', 'findutils', 'findutils', '', ['linux']),
  // Lets the time of a process run fast.
  tool('faketime', 'faketime', 'libfaketime', '', ['linux']),
  // The window: where it is shown, and what stands for a desktop around it.
  CHROMIUM,
  tool('Xvfb', 'xvfb', 'xorg-x11-server-Xvfb', '', ['linux']),
  tool('xauth', 'xauth', 'xorg-x11-xauth', '', ['linux']),
  tool('xterm', 'xterm', 'xterm', '', ['linux']),
  tool('DejaVu fonts', 'fonts-dejavu-core', 'dejavu-sans-fonts', '', ['linux'], DEJAVU),
  tool('gnome-keyring-daemon', 'gnome-keyring', 'gnome-keyring', '', ['linux']),
  tool('dbus-run-session', 'dbus', 'dbus-daemon', '', ['linux']),
];

/**
 * @param {string} program
 * @param {string} apt
 * @param {string} dnf
 * @param {string} brew
 * @param {readonly string[]} platforms
 * @param {readonly string[]} places
 * @returns {Tool}
 */
function tool(program, apt, dnf, brew, platforms, places = []) {
  return { program, apt, dnf, brew, platforms, places };
}

/** @param {string} platform */
export function toolsFor(platform) {
  return TOOLS.filter(({ platforms }) => platforms.includes(platform));
}

/**
 * @param {readonly Tool[]} tools
 * @param {(program: string) => boolean} isThere of a name on PATH, or of a full path
 */
export function missingTools(tools, isThere) {
  return tools.filter(({ program, places }) => ![program, ...places].some(isThere));
}

/**
 * The command that installs them with the package manager found here.
 *
 * @param {readonly Tool[]} missing
 * @param {{ isOnPath: (program: string) => boolean, root: boolean }} system
 * @returns {string | undefined} undefined: no package manager that we know
 */
export function installCommand(missing, { isOnPath, root }) {
  const sudo = root ? '' : 'sudo ';
  /** @param {'apt' | 'dnf' | 'brew'} manager */
  const packages = (manager) => [...new Set(missing.map((tool) => tool[manager]))].join(' ');
  if (isOnPath('apt-get')) return `${sudo}apt-get install -y --no-install-recommends ${packages('apt')}`;
  if (isOnPath('dnf')) return `${sudo}dnf install -y ${packages('dnf')}`;
  if (isOnPath('brew')) return `brew install ${packages('brew')}`;
  return undefined;
}
