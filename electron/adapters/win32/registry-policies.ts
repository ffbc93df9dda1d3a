import type { ManagedPreferences } from '../../../shared/ports/session-variables.ts';
import { queryRegistry, type RegistryPorts } from './registry.ts';

/** Short: this is part of every status. */
const DEADLINE = 1_500;
const VALUE = 'Settings';

const KEYS = [
  { path: 'HKCU\\SOFTWARE\\Policies\\ClaudeCode', rank: 'below-files' },
  { path: 'HKLM\\SOFTWARE\\Policies\\ClaudeCode', rank: 'above-files' },
] as const;

/**
 * The settings that a group policy delivers: JSON in the value `Settings`, the machine's above the managed files, the user's
 * below. Not run on Windows yet: written from the documentation of managed settings. `%NAME%` in the JSON is left as it is, also
 * in a `REG_EXPAND_SZ`.
 */
export function registryPolicies(ports: RegistryPorts): ManagedPreferences {
  return {
    async read() {
      const answers = await Promise.all(KEYS.map(({ path }) => queryRegistry(ports, path, DEADLINE)));
      return KEYS.flatMap(({ path, rank }, index) => {
        const value = answers[index]?.find(
          ({ name, type }) =>
            name.toUpperCase() === VALUE.toUpperCase() && (type === 'REG_SZ' || type === 'REG_EXPAND_SZ'),
        );
        return value === undefined ? [] : [{ path: `${path}\\${VALUE}`, text: value.text, rank }];
      });
    },
  };
}
