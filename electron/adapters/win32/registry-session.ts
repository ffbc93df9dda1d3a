import { expandPercentNames, type RegistryValue } from '../../../shared/core/platform/registry-output.ts';
import type { SessionVariable, SessionVariables } from '../../../shared/ports/session-variables.ts';
import { queryRegistry, variableOf, type RegistryPorts } from './registry.ts';

const DEADLINE = 5_000;

/** The later one replaces the earlier for the same name. */
const KEYS = [
  'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment',
  'HKCU\\Environment',
  'HKCU\\Volatile Environment',
];

/**
 * The variables of machine, user and session that programs started from the desktop inherit. Not run on Windows yet: written from
 * Microsoft's documentation of environment variables.
 *
 * The registry can only be read with a program (`reg.exe`), so without `ask` there is nothing to say; a terminal carries these
 * variables anyway. Names are compared in any case and returned as asked for. Values that are not text make no variable.
 */
export function registrySession(ports: RegistryPorts): SessionVariables {
  return {
    async read(names, ask) {
      if (!ask || names.length === 0) return [];
      const spelling = new Map(names.map((name) => [name.toUpperCase(), name]));
      const found = new Map<string, SessionVariable>();
      const answers = await Promise.all(KEYS.map((key) => queryRegistry(ports, key, DEADLINE)));
      for (const [index, path] of KEYS.entries()) {
        for (const value of answers[index] ?? []) {
          const name = spelling.get(value.name.toUpperCase());
          const text = textOf(value, ports);
          if (name !== undefined && text !== null) found.set(name, { name, text, kind: 'registry', path });
        }
      }
      return [...found.values()];
    },
  };
}

function textOf({ type, text }: RegistryValue, { environment }: RegistryPorts): string | null {
  if (type === 'REG_SZ') return text;
  if (type !== 'REG_EXPAND_SZ') return null;
  return expandPercentNames(text, (name) => variableOf(environment.variables, name));
}
