import type { BusAddress } from './dbus/bus-address.ts';

/** What a keychain’s library needs to find the keychain of this user, by system; keys, tokens and Node’s own options stay behind. */
const NEEDED: Readonly<Record<'linux' | 'darwin' | 'win32', readonly string[]>> = {
  linux: ['HOME', 'XDG_RUNTIME_DIR'],
  darwin: ['HOME', 'USER', 'LOGNAME', 'TMPDIR', 'SECURITYSESSIONID'],
  win32: ['SystemRoot', 'SystemDrive', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP', 'TMP'],
};

export function keyringVariables(
  platform: keyof typeof NEEDED,
  variables: Readonly<Record<string, string | undefined>>,
  bus: BusAddress | null,
): Readonly<Record<string, string>> {
  const kept = NEEDED[platform].flatMap((name): readonly (readonly [string, string])[] => {
    const value = variables[name];
    return value === undefined ? [] : [[name, value]];
  });
  // Named in every case, so that no library looks for a bus by itself.
  return { ...Object.fromEntries(kept), ...(bus === null ? {} : { DBUS_SESSION_BUS_ADDRESS: bus.text }) };
}
