import { parseRegistryOutput, type RegistryValue } from '../../../shared/core/platform/registry-output.ts';
import type { Ports } from '../../../shared/ports/ports.ts';

/** Not run on Windows yet: written from the documentation of `reg query` and recordings of its output. */

export type RegistryPorts = Pick<Ports, 'environment' | 'processes'>;

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The values of a registry key, or `null` when it is not there, may not be read or `reg.exe` does not answer: its exit code is 1
 * for all of these, and its sentences are translated.
 *
 * @param key with the hive's short name: `HKCU\Environment`
 * @param deadline milliseconds
 */
export async function queryRegistry(
  { environment, processes }: RegistryPorts,
  key: string,
  deadline: number,
): Promise<readonly RegistryValue[] | null> {
  const root = variableOf(environment.variables, 'SystemRoot') ?? 'C:\\Windows';
  const folder = root.replace(/[\\/]+$/, '');
  const result = await processes.run({
    file: `${folder}\\System32\\reg.exe`,
    args: ['query', key],
    folder,
    variables: { SystemRoot: root },
    deadline,
    maxBytes: MAX_BYTES,
  });
  if (result.state !== 'ended' || result.exitCode !== 0) return null;
  const values = parseRegistryOutput(result.output);
  // The last value of an output that was cut may be half of it.
  return result.truncated ? values.slice(0, -1) : values;
}

/** A variable by its name in any case, as Windows has it. */
export function variableOf(
  variables: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  const exact = variables[name];
  if (exact !== undefined) return exact;
  const wanted = name.toUpperCase();
  const found = Object.keys(variables).find((key) => key.toUpperCase() === wanted);
  return found === undefined ? undefined : variables[found];
}
