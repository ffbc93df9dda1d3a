/** Closes a discriminated union: adding a case without handling it does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${String(value)}`);
}
