import type { Wish } from '../../usecases/changes/plan-request.ts';

/** Gives wishes ids, so that the window can name one without a name or a path in it. One book for the life of the app. */
export interface WishBook<Wished extends object = Wish> {
  readonly idOf: (wish: Wished) => string;
  readonly find: (id: string) => Wished | null;
}

/** More than one folder can ask for; the oldest are forgotten then. */
const CAPACITY = 1_000;

/** @param kind begins every id */
export function wishBook<Wished extends object = Wish>(kind = 'change'): WishBook<Wished> {
  const ids = new Map<string, string>();
  const wishes = new Map<string, Wished>();
  let count = 0;
  return {
    idOf: (wish) => {
      const key = JSON.stringify(wish);
      const known = ids.get(key);
      if (known !== undefined) return known;
      count += 1;
      const id = `${kind}-${String(count)}`;
      ids.set(key, id);
      wishes.set(id, wish);
      const [oldest] = ids;
      if (ids.size > CAPACITY && oldest !== undefined) {
        ids.delete(oldest[0]);
        wishes.delete(oldest[1]);
      }
      return id;
    },
    find: (id) => wishes.get(id) ?? null,
  };
}
