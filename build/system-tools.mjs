/**
 * The programs that the tests run, and where each system keeps them.
 *
 * @typedef {object} Tool
 * @property {string} program
 * @property {string} apt   package on Debian and Ubuntu
 * @property {string} dnf   package on Fedora
 * @property {string} brew  formula on macOS
 * @property {readonly string[]} platforms where the tests run it
 */

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
];

/**
 * @param {string} program
 * @param {string} apt
 * @param {string} dnf
 * @param {string} brew
 * @param {readonly string[]} platforms
 * @returns {Tool}
 */
function tool(program, apt, dnf, brew, platforms) {
  return { program, apt, dnf, brew, platforms };
}

/** @param {string} platform */
export function toolsFor(platform) {
  return TOOLS.filter(({ platforms }) => platforms.includes(platform));
}

/**
 * @param {readonly Tool[]} tools
 * @param {(program: string) => boolean} isOnPath
 */
export function missingTools(tools, isOnPath) {
  return tools.filter(({ program }) => !isOnPath(program));
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
