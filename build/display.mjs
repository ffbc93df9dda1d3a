import { connect } from 'node:net';
import path from 'node:path';

/** A display that takes longer to answer would be no joy to use. */
const PATIENCE = 1_000;

/** Where X servers on this machine listen. */
const X_SOCKETS = '/tmp/.X11-unix';
const X_PORT = 6000;

/**
 * Whether windows can be seen: on Linux somebody has to listen where the environment says that a display is.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {string} platform
 * @returns {Promise<boolean>}
 */
export async function hasDisplay(environment, platform) {
  if (platform !== 'linux') return true;
  for (const place of displaysOf(environment)) {
    if (await answers(place)) return true;
  }
  return false;
}

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {readonly import('node:net').NetConnectOpts[]}
 */
export function displaysOf(environment) {
  const { WAYLAND_DISPLAY: wayland = '', XDG_RUNTIME_DIR: runtime = '', DISPLAY: x = '' } = environment;
  const socket = path.isAbsolute(wayland) || runtime === '' ? wayland : path.join(runtime, wayland);
  const ofWayland = wayland !== '' && path.isAbsolute(socket) ? [{ path: socket }] : [];
  const { host, number } = /^(?<host>[^:]*):(?<number>\d+)(\.\d+)?$/.exec(x)?.groups ?? {};
  if (host === undefined || number === undefined) return ofWayland;
  if (host !== '' && host !== 'unix') return [...ofWayland, { host, port: X_PORT + Number(number) }];
  const file = `${X_SOCKETS}/X${number}`;
  // In the second form the socket has no file; some systems have only that one.
  return [...ofWayland, { path: file }, { path: `\0${file}` }];
}

/**
 * @param {import('node:net').NetConnectOpts} place
 * @returns {Promise<boolean>}
 */
function answers(place) {
  return new Promise((resolve) => {
    const connection = connect({ ...place, timeout: PATIENCE });
    /** @param {boolean} is */
    const say = (is) => {
      connection.destroy();
      resolve(is);
    };
    connection.once('connect', () => {
      say(true);
    });
    for (const event of ['error', 'timeout']) {
      connection.once(event, () => {
        say(false);
      });
    }
  });
}
