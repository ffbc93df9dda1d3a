/** Fields of an answer that nobody here knows. Secret: nobody can say what they are. */
export type UnknownFields = Readonly<Record<string, unknown>>;

/** How much is kept of them: bytes of JSON in which everything beyond ASCII is spelled out, names included. */
export const MOST_UNKNOWN = 8 * 1024;
/** How deep one may be nested: what a person or a program means is far below, and deeper ones could end whoever walks through. */
const DEEPEST = 16;

/**
 * What is kept of the fields that nobody here knows, so that none is lost to whoever knows them later: each whole or not at all. Newer
 * ones go before those that an earlier answer brought, and take their place.
 */
export function keptFields(now: UnknownFields, before: UnknownFields = {}): UnknownFields {
  let room = MOST_UNKNOWN;
  const older = Object.entries(before).filter(([name]) => !Object.hasOwn(now, name));
  const kept = [...Object.entries(now), ...older].filter(([name, value]) => {
    const size = sizeOf(name, value);
    if (size > room) return false;
    room -= size;
    return true;
  });
  // Also one that is called `__proto__` is nothing but a field.
  return Object.fromEntries(kept);
}

function sizeOf(name: string, value: unknown): number {
  if (value === undefined || !isShallow(value, DEEPEST)) return Infinity;
  const text = JSON.stringify([name, value]);
  return text.length + 5 * (text.match(/[^\0-\x7f]/g)?.length ?? 0);
}

function isShallow(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((inner) => isShallow(inner, left - 1));
}
