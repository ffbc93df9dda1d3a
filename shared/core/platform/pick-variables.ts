type Variables = Readonly<Record<string, string | undefined>>;

/** What a system program needs of the environment, and nothing else of it: the rest may hold secrets. */
export function pickVariables(variables: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = variables[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
