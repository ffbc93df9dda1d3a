import type { Wish } from '../../usecases/changes/plan-request.ts';

/** Gives wishes ids, so that the window can name one without a name or a path in it. One book for the life of the app. */
export interface WishBook {
  readonly idOf: (wish: Wish) => string;
  readonly find: (id: string) => Wish | null;
}

/** More than one folder can ask for; the oldest are forgotten then. */
const CAPACITY = 1_000;

export function wishBook(): WishBook {
  const ids = new Map<string, string>();
  const wishes = new Map<string, Wish>();
  let count = 0;
  return {
    idOf: (wish) => {
      const key = JSON.stringify(wish);
      const known = ids.get(key);
      if (known !== undefined) return known;
      count += 1;
      const id = `change-${String(count)}`;
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
