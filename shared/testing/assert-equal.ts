/**
 * For contract suites, which belong to the pure zone and so cannot use a test runner's assertions. Compares plain data; the
 * order of an object's fields does not matter, a field that is `undefined` counts as missing.
 *
 * @throws {Error} naming both, when they differ
 */
export function assertEqual(actual: unknown, expected: unknown, what = 'The value'): void {
  const [is, shouldBe] = [inText(actual), inText(expected)];
  if (is !== shouldBe) throw new Error(`${what} is ${is}, not ${shouldBe}.`);
}

function inText(value: unknown): string {
  // `stringify` has no text for these, and would not tell NaN from null.
  if (value === undefined || typeof value === 'number') return String(value);
  return JSON.stringify(value, (_, part: unknown) => (isRecord(part) ? sorted(part) : part));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
