import type { ManagedPreferences, SessionVariable, SessionVariables } from '../ports/session-variables.ts';

export interface MadeUpSessionVariable extends SessionVariable {
  /** Only another program could tell: told only to those who allow that one is asked. */
  readonly onlyWhenAsked?: true;
}

export function memorySessionVariables(variables: readonly MadeUpSessionVariable[] = []): SessionVariables {
  return {
    read: (names, ask) =>
      Promise.resolve(
        variables
          .filter(({ name, onlyWhenAsked }) => names.includes(name) && (ask || onlyWhenAsked !== true))
          .map(({ name, text, kind, path }) => ({ name, text, kind, path })),
      ),
  };
}

type ManagedPreference = Awaited<ReturnType<ManagedPreferences['read']>>[number];

export function memoryManagedPreferences(preferences: readonly ManagedPreference[] = []): ManagedPreferences {
  return { read: () => Promise.resolve(preferences) };
}
