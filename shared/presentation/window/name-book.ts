/** Gives names ids, so that the window can name one without its letters. One book for the life of the app. */
export interface NameBook {
  readonly idOf: (name: string) => string;
  readonly find: (id: string) => string | null;
}

/** @param kind begins every id: `organisation` */
export function nameBook(kind: string): NameBook {
  const ids = new Map<string, string>();
  const names = new Map<string, string>();
  return {
    idOf: (name) => {
      const id = ids.get(name) ?? `${kind}-${String(ids.size + 1)}`;
      ids.set(name, id);
      names.set(id, name);
      return id;
    },
    find: (id) => names.get(id) ?? null,
  };
}
