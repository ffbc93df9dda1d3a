import { existsSync } from 'node:fs';
import path from 'node:path';

export interface BusAddress {
  /** For `DBUS_SESSION_BUS_ADDRESS` of what is started. */
  readonly text: string;
  /** What to connect to; in the abstract namespace it begins with a NUL. */
  readonly socket: string;
}

/**
 * The session bus of this environment; `null` where there is none. Libraries would start a bus of their own then (“autolaunch”),
 * on which there is an empty keychain that nobody else sees, so none of them is asked.
 */
export function busAddress(variables: Readonly<Record<string, string | undefined>>): BusAddress | null {
  const named = variables['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  for (const text of named.split(';')) {
    const socket = socketOf(text);
    if (socket !== null) return { text, socket };
  }
  if (named !== '') return null;
  const folder = variables['XDG_RUNTIME_DIR'] ?? '';
  const socket = path.join(folder, 'bus');
  // Where systemd puts it; a session of its own need not name it.
  return path.isAbsolute(folder) && existsSync(socket)
    ? { text: `unix:path=${escaped(socket)}`, socket }
    : null;
}

function socketOf(address: string): string | null {
  const [transport, rest = ''] = address.split(/:(.*)/s);
  if (transport !== 'unix') return null;
  const keys = new Map(
    rest.split(',').map((pair): [string, string] => {
      const [key = '', value = ''] = pair.split(/=(.*)/s);
      return [key, unescaped(value)];
    }),
  );
  const abstract = keys.get('abstract');
  return keys.get('path') ?? (abstract === undefined ? null : `\0${abstract}`);
}

function unescaped(value: string): string {
  const bytes = value.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function escaped(value: string): string {
  return Buffer.from(value)
    .toString('latin1')
    .replace(/[^\w\-/.\\*]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
