/** One thing that was said otherwise than it should have been. */
export interface Difference {
  readonly what: string;
  readonly expected: unknown;
  readonly said: unknown;
}

const SLOTS = ['authorization', 'xApiKey'];

/**
 * Compares an answer of `credence status --json` with what a recording expects of it: the fields of `expect` and no others.
 */
export function differences(
  expect: Readonly<Record<string, unknown>>,
  answer: unknown,
): readonly Difference[] {
  return Object.entries(expect).flatMap(([name, expected]) =>
    SLOTS.includes(name)
      ? differencesOfSlot(name, expected, sentIn(answer, name))
      : differenceOf(name, expected, field(answer, name)),
  );
}

/** Nothing is sent at all: then this header is not either. */
function sentIn(answer: unknown, slot: string): unknown {
  const sends = field(answer, 'sends');
  return sends === null ? null : field(sends, slot);
}

function differencesOfSlot(slot: string, expected: unknown, said: unknown): readonly Difference[] {
  if (!isRecord(expected) || !isRecord(said)) return differenceOf(slot, expected, shortened(said));
  const { origin, broken = false, ...rest } = expected;
  return [
    ...Object.entries(rest).flatMap(([name, value]) => differenceOf(`${slot}.${name}`, value, said[name])),
    ...differenceOf(`${slot}.broken`, broken, said['broken'] ?? false),
    ...(isRecord(origin) ? differencesOfOrigin(`${slot}.origin`, origin, said['origin']) : []),
  ];
}

function differencesOfOrigin(
  what: string,
  expected: Readonly<Record<string, unknown>>,
  said: unknown,
): readonly Difference[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    if (name !== 'pathIncludes') return differenceOf(`${what}.${name}`, value, field(said, name));
    const path = field(said, 'path');
    const fits = typeof path === 'string' && typeof value === 'string' && path.includes(value);
    return fits ? [] : [{ what: `${what}.path (a part of it)`, expected: value, said: path }];
  });
}

function differenceOf(what: string, expected: unknown, said: unknown): readonly Difference[] {
  return JSON.stringify(expected) === JSON.stringify(said) ? [] : [{ what, expected, said }];
}

/** Of a slot what says which credential it is. */
function shortened(slot: unknown): unknown {
  if (!isRecord(slot)) return slot;
  const { source, origin, broken } = slot;
  return { source, origin, ...(broken === undefined ? {} : { broken }) };
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
