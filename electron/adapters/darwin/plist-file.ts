import { isBinaryPlist, parsePlist, type PlistValue } from '../../../shared/core/platform/plist.ts';
import { pickVariables } from '../../../shared/core/platform/pick-variables.ts';
import type { FileReading } from '../../../shared/ports/file-store.ts';
import type { Ports } from '../../../shared/ports/ports.ts';

/** Not run on macOS yet: written from plutil(1). */

export type PlistPorts = Pick<Ports, 'environment' | 'files' | 'processes'>;

export type PlistReading =
  | { readonly state: 'read'; readonly value: PlistValue }
  /** Neither XML that can be read nor a binary list that `plutil` accepts. */
  | { readonly state: 'malformed'; readonly text: string }
  /** A binary list, and `plutil` could not be run or was not to be. */
  | { readonly state: 'not-converted' }
  | { readonly state: Exclude<FileReading['state'], 'read'> };

const MAX_BYTES = 2 * 1024 * 1024;
const DEADLINE = 1_500;

export interface PlistOptions {
  /** Whether `plutil` may be run for a binary list. */
  readonly convert: boolean;
  /** A file without this text is not worth a program. */
  readonly mentions?: string;
}

/** Reads a property list. The binary form cannot be read from text, so `plutil` turns it into XML. */
export async function readPlist(
  ports: PlistPorts,
  path: string,
  options: PlistOptions,
): Promise<PlistReading> {
  const reading = ports.files.read(path, MAX_BYTES);
  if (reading.state !== 'read') return { state: reading.state };
  const { text } = reading;
  if (!isBinaryPlist(text)) return parsed(text);
  if (!options.convert || !mentions(text, options.mentions)) return { state: 'not-converted' };
  const result = await ports.processes.run({
    file: '/usr/bin/plutil',
    args: ['-convert', 'xml1', '-o', '-', path],
    folder: '/',
    variables: pickVariables(ports.environment.variables, ['HOME', 'USER']),
    deadline: DEADLINE,
    maxBytes: 2 * MAX_BYTES,
  });
  if (result.state !== 'ended') return { state: 'not-converted' };
  return result.exitCode === 0 ? parsed(result.output) : { state: 'malformed', text };
}

function parsed(text: string): PlistReading {
  const value = parsePlist(text);
  return value === null ? { state: 'malformed', text } : { state: 'read', value };
}

/** Binary lists hold ASCII texts as they are, all others in UTF-16. */
function mentions(text: string, wanted: string | undefined): boolean {
  return wanted === undefined || text.replaceAll('\0', '').includes(wanted);
}
