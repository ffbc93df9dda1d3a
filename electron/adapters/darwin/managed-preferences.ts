import { plistToJson } from '../../../shared/core/platform/plist.ts';
import type { ManagedPreferences } from '../../../shared/ports/session-variables.ts';
import { readPlist, type PlistPorts } from './plist-file.ts';

type Preference = Awaited<ReturnType<ManagedPreferences['read']>>[number];

const FOLDER = '/Library/Managed Preferences';
const FILE = 'com.anthropic.claudecode.plist';

/**
 * What a device management delivers for the domain `com.anthropic.claudecode`: for the machine, then for the user, whose list
 * wins. Not run on macOS yet: written from the documentation of managed settings and from plutil(1).
 *
 * The system writes these lists in the binary form, so `plutil` is run where one is there, asked for or not: without it the
 * settings that stand above all others would be missing. A malformed list is handed on as it is and so is no JSON.
 */
export function managedPreferences(ports: PlistPorts): ManagedPreferences {
  return {
    async read() {
      const { userName } = ports.environment;
      const isFolder = userName !== '' && userName !== '.' && userName !== '..' && !userName.includes('/');
      const paths = [`${FOLDER}/${FILE}`, ...(isFolder ? [`${FOLDER}/${userName}/${FILE}`] : [])];
      const preferences = await Promise.all(paths.map((path) => preferenceAt(ports, path)));
      return preferences.filter((preference) => preference !== null);
    },
  };
}

async function preferenceAt(ports: PlistPorts, path: string): Promise<Preference | null> {
  const reading = await readPlist(ports, path, { convert: true });
  switch (reading.state) {
    case 'absent':
      return null;
    case 'read':
      return { path, text: plistToJson(reading.value), rank: 'above-files' };
    case 'malformed':
      return { path, text: reading.text, rank: 'above-files' };
    case 'not-converted':
      return { path, text: '', rank: 'above-files', trouble: 'failed' };
    case 'denied':
    case 'too-large':
    case 'not-a-file':
    case 'link-loop':
    case 'failed':
      return { path, text: '', rank: 'above-files', trouble: reading.state };
  }
}
