/**
 * What `npm start` shows the app on: Electron, or the stand-in where Electron cannot be had, or nothing.
 *
 * @typedef {{ readonly host: 'electron', readonly program: string, readonly says: string }
 *   | { readonly host: 'stand-in', readonly says: string }
 *   | { readonly host: 'none', readonly says: string, readonly interrupted?: number }} Choice
 *
 * @typedef {object} Surroundings
 * @property {string} platform
 * @property {() => Promise<boolean>} hasDisplay
 * @property {() => string | undefined} electron
 * @property {() => Promise<{ program: string } | { why: string, interrupted?: number }>} fetchElectron
 * @property {() => string | undefined} node24   why there is none that runs the stand-in; undefined: there is one
 * @property {() => string | undefined} chromium its version, if there is one
 * @property {() => string | undefined} installChromium tries to; the command for it when that is up to the person
 */

const IN_THE_TRAY = 'Credence is in the tray. Ctrl-C, or Quit in its menu, ends it.';

/**
 * @param {Surroundings} surroundings
 * @returns {Promise<Choice>} `says` is one line for the person
 */
export async function chooseHost(surroundings) {
  if (!(await surroundings.hasDisplay()))
    return none('There is no display here, so this is the answer in the terminal.');
  const program = surroundings.electron();
  if (program !== undefined) return { host: 'electron', program, says: IN_THE_TRAY };
  const fetched = await surroundings.fetchElectron();
  if ('program' in fetched) return { host: 'electron', program: fetched.program, says: IN_THE_TRAY };
  if (fetched.interrupted !== undefined) return { ...none(''), interrupted: fetched.interrupted };

  const missing = `Electron’s binary is not here and could not be fetched (${fetched.why}; npx install-electron tries again)`;
  if (surroundings.platform === 'win32') return none(`${missing}, so this is the answer in the terminal.`);
  const noNode = surroundings.node24();
  if (noNode !== undefined) return none(`${missing}, and its stand-in needs more: ${noNode}`);
  if (surroundings.chromium() === undefined) {
    const command = surroundings.installChromium();
    if (surroundings.chromium() === undefined) {
      const how = command === undefined ? 'install one' : command;
      return none(`${missing}, nor is a Chromium to show the window in (${how}).`);
    }
  }
  const chromium = surroundings.chromium() ?? '';
  return {
    host: 'stand-in',
    says: `${missing}: the window is shown in ${chromium} instead, without a tray. Ctrl-C ends it.`,
  };
}

/**
 * @param {string} says
 * @returns {Extract<Choice, { host: 'none' }>}
 */
function none(says) {
  return { host: 'none', says };
}
